// From disk, browsers let no page start a worker, and the search runs in one. There, a worker is a
// script in a hidden frame. After iframe-worker 1.0.4 (https://github.com/squidfunk/iframe-worker,
// MIT, Martin Donath); this one puts no script into the frame's markup, so that the policy of the
// pages need not allow any.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      const address = new URL(url, document.baseURI)
      const frame = document.createElement("iframe")
      frame.hidden = true
      this.inside = new Promise((resolve, reject) => {
        frame.addEventListener("load", () => {
          const inside = frame.contentWindow
          const run = name => new Promise((done, failed) => {
            const script = inside.document.createElement("script")
            script.src = new URL(name, address)
            script.addEventListener("load", done)
            script.addEventListener("error", failed)
            inside.document.body.append(script)
          })
          inside.postMessage = data => this.dispatchEvent(message(data))
          inside.importScripts = async (...names) => {
            for (const name of names) await run(name)
          }
          run(address).then(() => resolve(inside), reject)
        }, { once: true })
      })
      document.body.append(frame)
    }

    postMessage(data) {
      this.inside.then(inside => inside.dispatchEvent(message(data)))
    }
  }

  const message = data => new MessageEvent("message", { data: structuredClone(data) })
}
