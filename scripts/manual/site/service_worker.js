// Keeps the site for reading with no network. The line above is the build: its version, edition,
// words, and files with their SHA-256.
//
// Old and new are never mixed. Each build has a cache of its own; what goes in, and what comes out,
// has the build's digest. A new build waits until the reader takes it or all pages are closed. A
// page that came from elsewhere gets its files from there.

const HERE = self.registration.scope
const CACHE = `${HERE}#${BUILD.version}`
const SOURCES = `${HERE}#sources` // of clients that are not of this build
const TOLD = `${HERE}?told`
const AT_ONCE = 6

const DOWNLOADS = Object.keys(BUILD.files).filter(name => name.startsWith("downloads/"))
const SITE = Object.keys(BUILD.files).filter(name => !name.startsWith("downloads/"))

addEventListener("install", event => event.waitUntil(install()))
addEventListener("activate", event => event.waitUntil(activate()))
addEventListener("message", event => {
  const answer = { take: () => skipWaiting(), told: () => setTold(true), edition, check }[event.data]
  event.waitUntil(answer?.().then(result => event.ports[0]?.postMessage(result)))
})
addEventListener("fetch", event => {
  const { request } = event
  if (request.method !== "GET" || !request.url.startsWith(HERE)) return
  const name = nameOf(request.url)
  if (request.mode === "navigate") event.respondWith(page(event, name))
  else if (name) event.respondWith(fileOfPage(event, name))
})

// --- getting a build

// All of the site but its downloads must be here, or this build is not taken and the last one stays.
// What has come so far is kept for the next try, unless there is no room.
async function install() {
  const full = await keep(await absent(SITE))
  const missing = await absent(SITE) // again: an older worker may have deleted this cache meanwhile
  if (!missing.length) return
  if (full) await caches.delete(CACHE)
  const said = { edition: BUILD.edition, missing, full }
  const all = await clients.matchAll({ includeUncontrolled: true })
  for (const client of all.filter(isHere)) client.postMessage(said)
  throw new Error(`not taken, ${missing.length} files are missing: ${missing.slice(0, 5)}`)
}

async function activate() {
  await caches.delete(SOURCES)
  // Pages of the build before reload now; until then they get nothing of this one.
  const old = new Set((await clients.matchAll({ type: "all" })).map(client => client.id))
  const all = await clients.matchAll({ type: "all", includeUncontrolled: true })
  for (const client of all.filter(isHere)) {
    await setSource(client.id, old.has(client.id) ? "an older build" : "network, then this build")
  }
  for (const name of await otherCaches()) await caches.delete(name)
  await clients.claim()
}

async function edition() {
  return { edition: BUILD.edition }
}

// Gets what is missing, downloads too. `told`: the reader knows that everything is here.
async function check() {
  const names = [...SITE, ...DOWNLOADS]
  const full = await keep(await absent(names))
  const missing = await absent(names)
  if (missing.length) await setTold(false)
  const told = Boolean(await caches.match(TOLD, { cacheName: CACHE }).catch(() => null))
  return { edition: BUILD.edition, missing, full, told }
}

async function setTold(told) {
  const cache = await caches.open(CACHE).catch(() => null)
  await (told ? cache?.put(TOLD, new Response()) : cache?.delete(TOLD))?.catch(() => {})
}

// Puts files into the cache, until there is no room. Returns whether that was so.
async function keep(names) {
  const queue = [...names]
  let full = false
  const work = async () => {
    for (let name; !full && (name = queue.shift());) {
      const found = await ofBuild(name)
      if (found?.error?.name === "QuotaExceededError") full = true
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return full
}

async function absent(names) {
  try {
    const cache = await caches.open(CACHE)
    const there = new Set((await cache.keys()).map(request => request.url))
    return names.filter(name => !there.has(addressOf(name)))
  } catch {
    return names // no storage at all
  }
}

// --- files of this build

// A file of this build, whoever has it: its cache, the network, or the cache of another build in
// which it is the same. What was not in the cache goes there; `error` says why it could not.
async function ofBuild(name) {
  const address = addressOf(name)
  const kept = await intact(name, () => caches.match(address, { cacheName: CACHE }))
  if (kept) return { response: kept }
  let found = null
  for (const cacheName of await otherCaches()) {
    found ??= await intact(name, () => caches.match(address, { cacheName }))
  }
  found ??= await intact(name, () => fetch(address, { cache: "no-cache" }))
  if (!found) return null
  try {
    const cache = await caches.open(CACHE)
    await cache.put(address, found.clone())
  } catch (error) {
    return { response: found, error }
  }
  return { response: found }
}

// The response, whole and with the digest of this build, or null. Only its type is kept of its
// headers: a host may have compressed or redirected it.
async function intact(name, get) {
  try {
    const response = await get()
    if (!response?.ok) return null
    const bytes = await response.arrayBuffer()
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    const hex = Array.from(digest, byte => byte.toString(16).padStart(2, "0")).join("")
    if (hex !== BUILD.files[name]) return null
    const type = response.headers.get("Content-Type")
    return new Response(bytes, { headers: type ? { "Content-Type": type } : {} })
  } catch {
    return null // no network, or half a file
  }
}

async function otherCaches() {
  const names = await caches.keys().catch(() => [])
  return names.filter(name => name.startsWith(`${HERE}#`) && ![CACHE, SOURCES].includes(name))
}

function addressOf(name) {
  return new URL(name.split("/").map(encodeURIComponent).join("/"), HERE).href
}

// The file that an address means, or undefined. Some hosts leave out `.html`.
function nameOf(address) {
  let path
  try {
    path = decodeURIComponent(new URL(address).pathname.slice(new URL(HERE).pathname.length))
  } catch {
    return undefined
  }
  const names = !path || path.endsWith("/") ? [`${path}index.html`] : [path, `${path}.html`]
  return names.find(name => Object.hasOwn(BUILD.files, name))
}

// --- answering

async function page(event, name) {
  const found = name && (await ofBuild(name))
  if (found) return byteRange(found.response, event.request)
  const response = await fetch(event.request).catch(() => null)
  if (!response) return notHere()
  await setSource(event.resultingClientId, "network")
  return response
}

async function fileOfPage(event, name) {
  const source = await sourceOf(event.clientId)
  if (source) {
    if (event.resultingClientId) await setSource(event.resultingClientId, source) // a worker
    if (source === "an older build") return Response.error()
    const response = await fetch(event.request).catch(() => null)
    if (response || source === "network") return response ?? Response.error()
  }
  const found = await ofBuild(name)
  return found ? byteRange(found.response, event.request) : Response.error()
}

async function setSource(id, source) {
  if (!id) return
  const cache = await caches.open(SOURCES).catch(() => null)
  await cache?.put(`${HERE}?${id}`, new Response(source)).catch(() => {})
}

async function sourceOf(id) {
  const found = await caches.match(`${HERE}?${id}`, { cacheName: SOURCES }).catch(() => null)
  return found && found.text()
}

function isHere(client) {
  return client.url.startsWith(HERE)
}

// The bytes that a reader of large files asks for: https://httpwg.org/specs/rfc9110.html#range.requests
async function byteRange(response, request) {
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("Range") ?? "")
  if (!range || range[0] === "bytes=-") return response
  const blob = await response.blob()
  const [, from, to] = range
  const start = from ? Number(from) : Math.max(0, blob.size - Number(to))
  const end = from && to ? Math.min(Number(to) + 1, blob.size) : blob.size
  if (start >= end) {
    return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${blob.size}` } })
  }
  const headers = new Headers(response.headers)
  headers.set("Content-Range", `bytes ${start}-${end - 1}/${blob.size}`)
  return new Response(blob.slice(start, end, blob.type), { status: 206, headers })
}

function notHere() {
  const escaped = text => text.replace(/[&<>"]/g, char => `&#${char.charCodeAt()};`)
  const { not_here, front_page } = BUILD.words
  const html = `<!doctype html><html lang="${escaped(BUILD.language)}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${escaped(BUILD.title)}</title>
<style>:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui; margin: 1.5rem }</style>
<h1>${escaped(BUILD.title)}</h1><p>${escaped(not_here)}</p>
<p><a href="${escaped(addressOf("index.html"))}">${escaped(front_page)}</a></p></html>`
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } })
}
