// Find in this manual. The page is whole without it; it brings the box, lists the places that hold
// every word that is typed, each under its step's label, and leads to them. Text stays text: nothing
// here makes markup of it. Accents and case do not count.
(() => {
  "use strict"

  const MOST = 100 // places that are listed
  const LENGTH = 240 // characters that are shown of one; of a note, all, so that no "not" is cut off
  const BEFORE = 80 // and how many of them before the first found word
  const SPELLINGS = {
    ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ",
    "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "–": "-", "—": "-",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "",
  }

  const article = document.querySelector("article")
  const form = document.getElementById("find_form").content.querySelector("form")
  const input = form.querySelector("input")
  const clear = form.querySelector("button")
  const found = form.querySelector(".found")
  const status = form.querySelector("[role=status]")
  const list = form.querySelector("ul")

  // --- folding: what a text is compared by

  const known = new Map()

  const foldChar = char => {
    if (!known.has(char)) {
      const plain = char.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
      known.set(char, plain.replace(/./gsu, one => SPELLINGS[one] ?? one))
    }
    return known.get(char)
  }

  const fold = text => Array.from(text, foldChar).join("")

  // Where in a text each character of its folded form comes from, and where the text ends.
  const origins = text => {
    const places = []
    let at = 0
    for (const char of text) {
      for (let i = foldChar(char).length; i > 0; i--) places.push(at)
      at += char.length
    }
    return [...places, at]
  }

  // --- what can be found: every heading, step, note, paragraph and outside link of the article

  const OF_OURS = /^(?:list-title|edition|return-to-top|page-foot)$/

  // The words of a block itself, without those of blocks in it, nor signs such as labels.
  const wordsOf = block => {
    let words = ""
    for (const node of block.childNodes) {
      if (/^(?:OL|DIV|P)$/.test(node.nodeName) && block.nodeName === "LI") break
      if (!/^(?:label|footnote-back)$/.test(node.className)) words += node.textContent
    }
    return words.replace(/[ \t\n\r\f]+/g, " ").trim()
  }

  const readPlaces = () => {
    const read = []
    let under = "" // the label of the heading or lettered step above
    for (const element of article.querySelectorAll("h1,h2,h3,h4,li,div,article>p,li>p")) {
      if (element.closest("nav")) continue
      const label = element.querySelector(":scope > .label")
      if (/^H/.test(element.nodeName) || element.className === "list-title") {
        under = label ? label.textContent : wordsOf(element)
      }
      if (OF_OURS.test(element.className)) continue
      const item = element.closest("li[id]")
      const where = item ? item.querySelector(":scope > .label").textContent : under
      const note = element.querySelector(":scope > .admonition-title")
      const word = note ? note.textContent : ""
      const text = wordsOf(note ? note.nextElementSibling : element)
      const folded = fold(`${where}\n${word}\n${text}`)
      read.push({ element, where, word, text, key: fold(where), folded })
    }
    return read
  }

  let places = null // read when they are first asked for

  const search = typed => {
    places ??= readPlaces()
    const words = fold(typed).trim().split(/\s+/)
    const query = words.join(" ")
    const hits = places.filter(place => words.every(word => place.folded.includes(word)))
    const called = hits.filter(place => place.key === query) // by its label, out loud, in class
    return { words, hits: called.concat(hits.filter(place => place.key !== query)) }
  }

  // --- showing

  const element = (name, ...content) => {
    const made = document.createElement(name)
    made.append(...content)
    return made
  }

  // The text, or what is around the first found word, with each found word marked.
  const snippet = ({ text, word: note }, words) => {
    const folded = fold(text)
    const at = origins(text)
    const stretches = []
    for (const word of words) {
      for (let i = folded.indexOf(word); i >= 0; i = folded.indexOf(word, i + word.length)) {
        stretches.push([at[i], at[i + word.length]])
      }
    }
    stretches.sort((one, two) => one[0] - two[0])
    const first = stretches.length ? stretches[0][0] : 0
    const whole = note || text.length <= LENGTH
    let done = whole || first <= BEFORE ? 0 : text.lastIndexOf(" ", first - BEFORE) + 1
    const stop = whole ? text.length : Math.max(text.lastIndexOf(" ", done + LENGTH), first + 1)
    const shown = element("span", done > 0 ? "… " : "")
    for (const [from, to] of stretches) {
      if (from < done || to > stop) continue
      shown.append(text.slice(done, from), element("mark", text.slice(from, to)))
      done = to
    }
    shown.append(text.slice(done, stop), stop < text.length ? " …" : "")
    return shown
  }

  const show = open => {
    found.hidden = !open
    clear.hidden = !input.value
  }

  const update = () => {
    list.replaceChildren()
    const asked = fold(input.value).trim() !== ""
    show(asked)
    if (!asked) {
      status.textContent = ""
      return
    }
    const { words, hits } = search(input.value)
    const { none, some, first } = form.dataset
    status.textContent = (hits.length > MOST ? first : hits.length ? some : none)
      .replace("{count}", hits.length)
      .replace("{shown}", MOST)
    hits.slice(0, MOST).forEach((place, number) => {
      // Notes and paragraphs have no place of their own on paper; here, they are led to.
      if (!place.element.id) place.element.id = `find_${places.indexOf(place)}`
      const link = element("a", element("b", place.where))
      if (place.word) link.append(element("b", place.word))
      if (place.text !== place.where) link.append(snippet(place, words))
      link.href = `#${place.element.id}`
      link.addEventListener("click", () => follow(place.element))
      list.append(element("li", link))
    })
    found.scrollTop = 0
  }

  // The browser goes to the place; the list goes away, and reading goes on from there.
  const follow = place => {
    show(false)
    place.tabIndex = -1
    setTimeout(() => place.focus({ preventScroll: true }))
  }

  input.addEventListener("input", update)
  input.addEventListener("focus", () => {
    if (list.hasChildNodes()) show(true)
  })

  form.addEventListener("submit", event => {
    event.preventDefault()
    list.querySelector("a")?.focus()
  })

  clear.addEventListener("click", () => {
    input.value = ""
    update()
    input.focus()
  })

  form.addEventListener("keydown", event => {
    const links = [...list.querySelectorAll("a")]
    const at = links.indexOf(document.activeElement)
    if (event.key === "Escape" && input.value) {
      event.preventDefault()
      clear.click()
    } else if (!found.hidden && event.key === "ArrowDown" && at + 1 < links.length) {
      event.preventDefault()
      links[at + 1].focus()
    } else if (at >= 0 && event.key === "ArrowUp") {
      event.preventDefault()
      ;(links[at - 1] ?? input).focus()
    }
  })

  // A tap on the text, or the keyboard's way to it, uncovers it.
  document.addEventListener("click", event => {
    if (!form.contains(event.target)) show(false)
  })
  document.addEventListener("focusin", event => {
    if (!form.contains(event.target)) show(false)
  })

  document.body.prepend(form)
})()
