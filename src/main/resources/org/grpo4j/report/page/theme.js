/* Colours: as the system is, or as chosen here. */

import { byId, h, replace } from "./dom.js";

export const THEMES = ["auto", "light", "dark"];

export function themeButton() {
  const button = h("button.theme", {
    testid: "theme",
    click: () => setTheme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme || "auto") + 1) % 3])
  });
  button.id = "theme";
  return button;
}

/** Larger type, for a room. */
export function projectorButton() {
  const root = document.documentElement;
  return h(
    "button.theme",
    {
      testid: "projector",
      title: "Larger type, for a room",
      "aria-pressed": String(root.classList.contains("projector")),
      click: event => event.currentTarget.setAttribute("aria-pressed", String(root.classList.toggle("projector")))
    },
    "A⁺"
  );
}

export function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  const button = byId("theme");
  replace(button, { auto: "◐ auto", light: "☀ light", dark: "☾ dark" }[theme]);
  button.setAttribute("aria-label", "Colours: " + theme);
  try {
    localStorage.setItem("grpo4j-theme", theme);
  } catch (blocked) {
    // A page from disk may not be allowed to remember.
  }
}

export function storedTheme() {
  try {
    const theme = localStorage.getItem("grpo4j-theme");
    return THEMES.includes(theme) ? theme : "auto";
  } catch (blocked) {
    return "auto";
  }
}
