// The language of the tabs: one choice for all tabs of all pages, kept for the next visit.
const KEY = "xportcn-language";
const root = () => document.documentElement;

/** Lets the tabs of the page show the language that was chosen. */
export function showLanguage() {
  const language = root().dataset.language;
  if (!language) return;
  for (const input of document.querySelectorAll(".languages input")) input.checked = input.value === language;
}

/** Listens to all tabs, also to those of pages that are shown later, and to other windows. */
export function followLanguage() {
  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.(".languages input")) return;
    const before = target.getBoundingClientRect().top;
    choose(target.value);
    // What stands above may have become longer or shorter: the tab stays where it was.
    window.scrollBy({ top: target.getBoundingClientRect().top - before, behavior: "instant" });
  });
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY && newValue) choose(newValue);
  });
}

function choose(language) {
  root().dataset.language = language;
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // A browser that keeps nothing remembers the language for this page only.
  }
  showLanguage();
}
