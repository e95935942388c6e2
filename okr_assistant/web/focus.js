// Streamlit draws anew what changes, and the keyboard's place is lost with the button that was pressed
// (streamlit/streamlit#11230). Then it goes to the heading which that stood under, or to that of a new page.
if (!window.okrFocus) {
  window.okrFocus = true;
  const SETTLED_MS = 100; // nothing was drawn for so long; what closes a menu has put the focus back by then
  const POPOVER = "[data-testid=stPopoverBody]";
  const OPEN = "[data-testid=stPopoverButton][aria-expanded=true]";
  let had; // what has the focus, or had it when it was taken
  let under; // the heading above it
  let taken = false; // not left by anybody: it is gone, or was moved, and a browser takes the focus from both
  let byKeyboard = false; // or else by a finger or a mouse
  let waiting = 0;

  // What is in a popover is drawn at the end of the document, and belongs to the button that opened it.
  function above(element) {
    const place = (element.closest(POPOVER) && document.querySelector(OPEN)) || element;
    const follows = (heading) => heading.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING;
    return [...document.querySelectorAll("h1, h2, h3")].filter(follows).pop();
  }

  // Streamlit opens it empty, and holds the place of what it has not loaded yet.
  function isDrawn(popover) {
    const shows = popover.textContent || popover.querySelector("img");
    return shows && !popover.querySelector("[data-testid=stSkeleton]");
  }

  // Tab goes through what is in a popover where its button stands, and leaving closes it.
  function passPopover(event) {
    const popover = document.querySelector(POPOVER);
    const button = document.querySelector(OPEN);
    const here = document.activeElement;
    if (!popover || !button) return;
    if (here === button && !event.shiftKey && !isDrawn(popover)) {
      return event.preventDefault(); // it would pass by, and leave the popover open
    }
    // While the focus is elsewhere, Floating UI keeps what is in it from being a stop, and notes what was one.
    const isStop = (each) => (each.tabIndex >= 0 || "tabindex" in each.dataset) && !each.disabled;
    const stops = [...popover.querySelectorAll("a[href], button, input, textarea")].filter(isStop);
    if (!stops.length) { // words to read, and to scroll
      popover.tabIndex = -1;
      stops.push(popover);
    }
    if (here === button && !event.shiftKey) {
      stops[0].focus();
    } else if (here === stops[0] && event.shiftKey) {
      button.focus();
    } else {
      if (here === stops.at(-1)) button.focus();
      if (document.activeElement === button) button.click();
      return; // on from the button
    }
    event.preventDefault();
  }

  function forget() {
    had = under = undefined;
    taken = false;
  }

  function look() {
    if (!taken || had.isConnected) return;
    const heading = under?.isConnected ? under : document.querySelector("h1");
    if (!heading) return; // the new page is on its way
    forget();
    if (document.activeElement !== document.body) return; // in a frame, of which nobody tells
    heading.tabIndex = -1;
    heading.focus({ preventScroll: !byKeyboard });
  }

  document.addEventListener("focusin", (event) => {
    had = event.target;
    under = above(had);
    taken = false;
  });
  document.addEventListener("focusout", (event) => {
    const left = event.target;
    if (event.relatedTarget) return;
    setTimeout(() => { // what is taken is known by then
      if (had === left && !taken && document.activeElement !== left) forget();
    });
  });
  document.addEventListener("pointerdown", () => { byKeyboard = false; }, true);
  document.addEventListener("keydown", (event) => {
    byKeyboard = true;
    if (event.key === "Tab") passPopover(event);
  }, true);
  new MutationObserver((changes) => {
    taken ||= changes.some(({ removedNodes }) => [...removedNodes].some((each) => each.contains(had)));
    if (taken && document.activeElement === document.body) had.focus({ preventScroll: true }); // it was only moved
    clearTimeout(waiting);
    waiting = setTimeout(look, SETTLED_MS);
  }).observe(document.body, { childList: true, subtree: true });
}
