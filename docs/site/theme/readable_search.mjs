/**
 * Gives the search the roles that it has: VitePress calls its window a button, and its links options, which no reader of screens
 * can follow. Vue leaves attributes alone that it does not change itself.
 */
export function readableSearch() {
  document.querySelector(".DocSearch-Button")?.removeAttribute("aria-label");
  new MutationObserver(() => {
    const box = document.querySelector(".VPLocalSearchBox");
    if (!box) return;
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-modal", "true");
    for (const name of ["aria-expanded", "aria-haspopup", "aria-owns"]) box.removeAttribute(name);
    // Their words say what they are; the button's too, above.
    for (const link of box.querySelectorAll("a[aria-label]")) link.removeAttribute("aria-label");
    for (const list of box.querySelectorAll("[role=listbox], [role=option]")) {
      list.removeAttribute("role");
      list.removeAttribute("aria-selected");
    }
  }).observe(document.body, { childList: true, subtree: true });
}
