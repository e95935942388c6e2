// Pages of a workshop: sends each answer at once, says whether it is kept, and shows what is new.
// Everything works without it, with more loading.
{
  const SHOWN_MS = 1500, REST_MS = 15000, PATIENCE_MS = 8000;
  const FIRST_WAIT_MS = 1000, LONGEST_WAIT_MS = 15000, TYPING_MS = 1000;
  const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const PLACE = "okr_place";

  const live = document.getElementById("live");
  const news = document.getElementById("news");
  const closes = document.getElementById("closes");
  const form = document.getElementById("ballot");
  const texts = form?.dataset;
  const fields = form ? [...form.querySelectorAll("fieldset")] : [];

  // ---- sending answers

  const queue = []; // what is not acknowledged yet, in order; the first is on its way
  const unsaved = new Set(); // fields whose content is not, or not yet, kept
  let target = ""; // where to go when everything is saved
  let wake = () => {}; // tries again at once

  const chosen = (field) => field.querySelector("input:checked")?.value ?? "";
  const reason = (field) => field.querySelector("textarea").value;

  const empty = (field) => !chosen(field) && !reason(field).trim();
  const asKept = (field) => chosen(field) === field.kept.choice && reason(field) === field.kept.reason;

  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(22)), (byte) => SIGNS[byte % SIGNS.length]).join("");
  }

  function say(field, text, again = false) {
    const status = field.querySelector(".saved");
    status.classList.remove("problem");
    if (status.firstChild?.textContent !== text) status.textContent = text;
    status.querySelector("button")?.remove();
    if (!again) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "step", textContent: texts.again });
    button.addEventListener("click", () => submit(field));
    status.append(" ", button);
  }

  function warn(field, text, again = false) {
    say(field, text, again);
    const status = field.querySelector(".saved");
    status.classList.add("problem");
    status.scrollIntoView({ block: "nearest" });
  }

  function submit(field) {
    clearTimeout(field.typing);
    const sent = { field, key: newKey(), choice: chosen(field), reason: reason(field) };
    if (!sent.choice) return say(field, texts.reason);
    // What is on its way has to be acknowledged first: it could arrive after what is newer, and replace it.
    const waiting = queue.findIndex((other, place) => place > 0 && other.field === field);
    if (waiting > 0) queue[waiting] = sent;
    else queue.push(sent);
    say(field, texts.saving);
    if (queue.length === 1) send();
  }

  async function send() {
    let wait = FIRST_WAIT_MS;
    while (queue.length) {
      const sent = queue[0];
      const answer = await post(sent);
      if (answer.token && answer.token !== form.elements.token.value) {
        form.elements.token.value = answer.token; // the page was open for long
      } else if (answer.again) {
        say(sent.field, answer.problem ?? texts.waiting);
        await new Promise((resolve) => {
          wake = resolve;
          setTimeout(resolve, wait);
        });
        wait = Math.min(2 * wait, LONGEST_WAIT_MS);
      } else {
        wait = FIRST_WAIT_MS;
        queue.shift();
        if (answer.received) saved(sent);
        else refused(sent, answer.problem ?? texts.waiting);
      }
    }
    if (target && !unsaved.size) location.assign(target);
  }

  async function post({ field, key, choice, reason }) {
    const question = field.dataset.question;
    const body = new URLSearchParams({
      token: form.elements.token.value, key, round: form.elements.round.value,
      [`choice.${question}`]: choice, [`reason.${question}`]: reason,
    });
    try {
      const headers = { Accept: "application/json" };
      const response = await fetch(form.action, { method: "POST", headers, body, signal: AbortSignal.timeout?.(PATIENCE_MS) });
      const answer = await response.json();
      return { ...answer, again: response.status >= 500 };
    } catch {
      return { again: true }; // no connection, or no answer that can be read
    }
  }

  function saved({ field, choice, reason }) {
    field.kept = { choice, reason };
    if (asKept(field)) {
      unsaved.delete(field);
      say(field, texts.saved);
    }
  }

  function refused({ field }, problem) {
    target = "";
    warn(field, problem, true);
  }

  for (const field of fields) {
    // What is typed is not sent as it loses the focus: the words that change would move the button being pressed.
    field.addEventListener("input", (event) => {
      clearTimeout(field.typing);
      if ((empty(field) || asKept(field)) && !queue.some((sent) => sent.field === field)) {
        unsaved.delete(field); // nothing of it can be lost
        return say(field, "");
      }
      unsaved.add(field);
      if (event.target.type === "radio") submit(field);
      else field.typing = setTimeout(submit, TYPING_MS, field);
    });
    const { defaultValue } = field.querySelector("textarea");
    field.kept = { choice: field.querySelector("input[checked]")?.value ?? "", reason: defaultValue };
    if (texts.refused) field.kept = {}; // the form has what was typed, and nobody knows what is kept
    if (empty(field) || asKept(field)) continue;
    unsaved.add(field);
    if (!texts.refused) submit(field); // before this script was there
  }

  function leaveFor(address) {
    const open = [...unsaved].find((field) => !chosen(field));
    if (open) return warn(open, texts.reason);
    const late = (field) => !queue.some((sent) => sent.field === field);
    [...unsaved].filter(late).forEach(submit);
    target = address;
    if (!unsaved.size) return location.assign(address);
    // It may take long, or come to nothing: whoever wants to go on sees why they are still here.
    [...unsaved][0].querySelector(".saved").scrollIntoView({ block: "nearest" });
  }

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (fields.length === 1 && empty(fields[0])) warn(fields[0], texts.choose);
    else leaveFor(form.dataset.next);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !unsaved.size) return;
    if (link.closest("#news")) return unsaved.clear();
    event.preventDefault();
    leaveFor(link.href);
  });

  addEventListener("online", () => wake());
  addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });

  // ---- showing what is new

  let timer = 0, failures = 0;
  let deleted = false; // the room, with everything in it

  async function poll() {
    clearTimeout(timer);
    timer = setTimeout(poll, PATIENCE_MS + SHOWN_MS); // should this one never come back
    const mine = timer;
    const now = await ask();
    if (timer !== mine) return; // another one was begun meanwhile
    if (now) show(now);
    if (deleted) return;
    timer = setTimeout(poll, document.hidden || live.dataset.slow ? REST_MS : SHOWN_MS);
  }

  async function ask() {
    try {
      const response = await fetch(live.dataset.now, { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE_MS) });
      failures = 0;
      if (response.ok) return await response.json();
      deleted = response.status === 404;
      return deleted ? { version: "", done: "", joined: "" } : undefined;
    } catch {
      failures += 1;
      if (failures > 2) live.textContent = live.dataset.offline;
      return undefined;
    }
  }

  function show(now) {
    live.textContent = (live.dataset.text ?? "").replace("{done}", now.done).replace("{joined}", now.joined);
    const { version } = live.dataset;
    if (now.version === version || parseInt(now.version) < parseInt(version)) return; // or older
    if (unsaved.size) news.hidden = false;
    else if (deleted) showNothing();
    else reload();
  }

  function showNothing() {
    const said = document.createElement("h1");
    said.textContent = document.title = live.dataset.deleted;
    document.querySelector("main").replaceChildren(said);
  }

  function reload() {
    const { id, selectionStart } = document.activeElement;
    const open = [...document.querySelectorAll("details[open][id]")].map((details) => details.id);
    sessionStorage.setItem(PLACE, JSON.stringify({ id, selectionStart, open }));
    location.reload();
  }

  function backToPlace() {
    const place = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
    for (const id of place?.open ?? []) document.getElementById(id)?.setAttribute("open", "");
    const focused = place?.id && document.getElementById(place.id);
    if (!focused) return;
    focused.focus({ preventScroll: true });
    if (focused.localName === "textarea") focused.setSelectionRange(place.selectionStart, place.selectionStart);
  }

  document.addEventListener("visibilitychange", () => document.hidden || poll());
  addEventListener("pageshow", (event) => {
    if (event.persisted && !unsaved.size) location.reload(); // the browser's Back shows the page as it was
  });

  // ---- the time that is left

  function countDown(end) {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    const two = (number) => String(number).padStart(2, "0");
    const time = hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
    closes.textContent = closes.dataset.text.replace("{time}", time);
    if (left) setTimeout(countDown, 1000, end);
  }

  // Loaded again, the page shows this question and not the next open one.
  if (texts?.here) history.replaceState(null, "", texts.here);
  if (closes?.dataset.seconds) countDown(Date.now() + 1000 * closes.dataset.seconds);
  backToPlace();
  poll();
}
