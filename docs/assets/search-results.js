// The first line of a search result names the page. Where the words are not in that line but in a
// step below it, it leads to that step, and not to the top of a long page.
document.addEventListener("click", event => {
  const line = event.target.closest(".md-search-result__link")
  if (!line || line.hash || new URLSearchParams(line.search).get("h")) return
  const step = line.closest(".md-search-result__item").querySelector("a[href*='#']")
  if (step) line.href = step.href
}, { capture: true })
