// Where the site is hosted: keeps it for reading with no network (sw.js), says when that is done or
// what is missing, and offers a new edition. The words come with the script's tag.
(() => {
  const words = document.currentScript.dataset
  const site = new URL("..", document.currentScript.src)
  const address = new URL("sw.js", site).href
  const container = navigator.serviceWorker
  // From disk, all of this is there already; browsers also complain about a manifest there.
  if (!/^https?:$/.test(location.protocol)) return

  const manifest = document.createElement("link")
  manifest.rel = "manifest"
  manifest.href = new URL("manifest.webmanifest", site)
  document.head.append(manifest)
  if (!container) return

  // --- the message

  const bar = document.createElement("aside")
  const text = document.createElement("p")
  const take = document.createElement("button")
  const close = document.createElement("button")
  bar.className = "offline-status"
  text.setAttribute("role", "status")
  take.textContent = words.load
  close.textContent = "×"
  close.className = "close"
  close.setAttribute("aria-label", words.close)
  bar.append(text, take, close)
  document.body.append(bar)

  // Once closed, a message does not come again on the next page; an offer does.
  const closed = () => sessionStorage.getItem(`offline ${site}`)

  let offered = false

  function show(message, onTake) {
    if (!onTake && (offered || closed() === message)) return
    offered = Boolean(onTake)
    text.textContent = message
    take.hidden = !onTake
    take.disabled = false
    take.onclick = onTake
    close.onclick = () => {
      sessionStorage.setItem(`offline ${site}`, message)
      bar.classList.remove("shown")
      text.textContent = ""
      offered = false
    }
    bar.classList.add("shown")
  }

  const newEdition = answer =>
    `${answer.edition === words.current ? words.corrected : words.new}: ${answer.edition}`
  const lacking = ({ missing, full }) => {
    const names = missing.slice(0, 3).join(", ") + (missing.length > 3 ? ` + ${missing.length - 3}` : "")
    return `${words.missing}: ${names}${full ? ` (${words.full})` : ""}`
  }

  // --- the worker

  // (A site in a folder above may have a worker, too.)
  const isControlled = () => container.controller?.scriptURL === address
  let reloads = isControlled()

  // Where the offline copy has been switched off, a page that came from it is shown anew.
  const ask = (worker, question) => new Promise(answered => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => {
      if (!data.off) answered(data)
      else if (isControlled()) location.reload()
    }
    worker.postMessage(question, [port2])
  })

  async function report(worker) {
    const answer = await ask(worker, "check")
    if (answer.missing.length) show(lacking(answer))
    else if (!answer.told) {
      show(`${words.ready}. ${words.edition}: ${answer.edition}`)
      worker.postMessage("told")
    }
  }

  // The pages of a new build are here; its downloads may take longer, and a caution must not wait.
  async function offer(worker) {
    const onTake = () => {
      take.disabled = true
      reloads = true // this page, too, where it came from the network
      worker.postMessage("take")
    }
    const message = newEdition(await ask(worker, "edition"))
    show(message, onTake)
    const answer = await ask(worker, "check")
    if (offered && answer.missing.length) show(`${message}. ${lacking(answer)}`, onTake)
  }

  function follow(worker, isNew) {
    worker.addEventListener("statechange", () => {
      if (worker.state === "installed" && isNew) offer(worker)
      if (worker.state === "activated" && !isNew) report(worker)
    })
  }

  // A build that could not be had whole was not taken; what there was before stays.
  container.addEventListener("message", ({ data }) => {
    show((isControlled() ? `${newEdition(data)}. ` : "") + lacking(data))
  })

  container.addEventListener("controllerchange", () => {
    if (reloads) location.reload()
    reloads = isControlled()
  })

  // What the browser shows again from its memory may be of an older build.
  addEventListener("pageshow", event => {
    if (event.persisted && isControlled()) location.reload()
  })

  async function start() {
    const registration = await container.register(address, { scope: site, updateViaCache: "none" })
    const { installing, waiting, active } = registration
    if (installing) follow(installing, Boolean(active))
    registration.addEventListener("updatefound", () => {
      follow(registration.installing, Boolean(registration.active))
    })
    if (waiting) offer(waiting)
    else if (active) report(active)
    const look = () => registration.update().catch(() => {})
    if (active) look()
    addEventListener("online", look)
    document.addEventListener("visibilitychange", () => document.hidden || look())
    if (matchMedia("(display-mode: standalone)").matches) navigator.storage?.persist()
  }

  // The page comes first: what is kept for later is fetched after it.
  addEventListener("load", () => start().catch(error => console.info(`offline: ${error}`)))
})()
