// The offline copy is switched off: a worker of an earlier build updates to this one, which takes
// itself and all that was kept away, and shows open pages anew from the network.
addEventListener("install", () => skipWaiting())
addEventListener("activate", event => event.waitUntil(leave()))

// A page that was still loading meanwhile may have registered this worker again; it asks, and goes.
addEventListener("message", event => {
  event.waitUntil(leave().then(() => event.ports[0]?.postMessage({ off: true })))
})

async function leave() {
  const here = self.registration.scope
  const ours = (await caches.keys()).filter(name => name.startsWith(`${here}#`))
  for (const name of ours) await caches.delete(name)
  await self.registration.unregister()
  for (const client of await clients.matchAll({ type: "window" })) {
    client.navigate(client.url).catch(() => {})
  }
}
