/** Lets keys reach what is scrolled sideways, and nothing else: a page has hundreds of tables and programs. */
export function reachable() {
  for (const box of document.querySelectorAll(".vp-doc .table, .vp-doc pre, .picture")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
