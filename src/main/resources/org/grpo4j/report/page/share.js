/* What leaves the page: a link to what is shown, a picture of a chart. */

import { h } from "./dom.js";

/** A button that copies the address, which holds the view. */
export function copyLinkButton() {
  const button = h("button", { testid: "copy-link", title: "The address holds what is shown" }, "Copy link");
  button.addEventListener("click", async () => {
    const copied = await copy(location.href);
    button.textContent = copied ? "Copied" : "Copy it from the address bar";
    setTimeout(() => (button.textContent = "Copy link"), 2000);
  });
  return button;
}

/** The clipboard of a page from disk; where it is closed, the old way through a selection. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (closed) {
    const field = h("textarea", { value: text });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

/** Buttons that save the SVG a function finds, as it is drawn now. */
export function saveButtons(name, find) {
  const save = (kind, make) =>
    h(
      "button.save",
      {
        "aria-label": `Save “${name}” as ${kind}`,
        title: `Save as ${kind}`,
        testid: "save-" + kind.toLowerCase(),
        click: () => make(find(), fileName(name))
      },
      kind
    );
  return h("span.saves", save("SVG", saveSvg), save("PNG", savePng));
}

function fileName(name) {
  return document.title
    .replace(/ - grpo4j$/, "")
    .concat(" ", name)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .toLowerCase();
}

const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "font-size",
  "font-family",
  "text-anchor",
  "visibility"
];

/** A copy that needs no style sheet. */
function standalone(picture) {
  const copied = picture.cloneNode(true);
  const from = picture.querySelectorAll("*"),
    to = copied.querySelectorAll("*");
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of STYLES) to[i].setAttribute(name, style.getPropertyValue(name));
    to[i].removeAttribute("class");
  });
  const { width, height } = picture.getBoundingClientRect();
  copied.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copied.setAttribute("width", width);
  copied.setAttribute("height", height);
  copied.style.background = paper();
  copied.removeAttribute("class");
  return copied;
}

function paper() {
  return getComputedStyle(document.body).backgroundColor;
}

function saveSvg(picture, name) {
  download(new Blob([standalone(picture).outerHTML], { type: "image/svg+xml" }), name + ".svg");
}

/** Drawn here, element by element: the page's policy lets it load no image, not even its own. */
function savePng(picture, name) {
  const { width, height } = picture.getBoundingClientRect();
  const canvas = h("canvas", { width: Math.round(2 * width), height: Math.round(2 * height) });
  const pen = canvas.getContext("2d");
  pen.fillStyle = paper();
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const box = picture.viewBox.baseVal;
  const scale = Math.min(canvas.width / box.width, canvas.height / box.height);
  pen.translate((canvas.width - scale * box.width) / 2, (canvas.height - scale * box.height) / 2);
  pen.scale(scale, scale);
  for (const element of picture.querySelectorAll("path, line, rect, circle, text")) paint(pen, element);
  canvas.toBlob(blob => download(blob, name + ".png"), "image/png");
}

function paint(pen, element) {
  const style = getComputedStyle(element);
  if (style.visibility === "hidden") return;
  pen.globalAlpha = Number(style.opacity);
  pen.fillStyle = style.fill;
  pen.strokeStyle = style.stroke;
  pen.lineWidth = parseFloat(style.strokeWidth);
  pen.lineJoin = style.strokeLinejoin;
  pen.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
  const of = name => Number(element.getAttribute(name) || 0);
  if (element.tagName === "text") {
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    pen.textAlign = { middle: "center", end: "end" }[style.textAnchor] || "start";
    pen.fillText(element.textContent, of("x"), of("y"));
    return;
  }
  const path = new Path2D(element.tagName === "path" ? element.getAttribute("d") : undefined);
  if (element.tagName === "line") path.moveTo(of("x1"), of("y1"));
  if (element.tagName === "line") path.lineTo(of("x2"), of("y2"));
  if (element.tagName === "rect") path.roundRect(of("x"), of("y"), of("width"), of("height"), of("rx"));
  if (element.tagName === "circle") path.arc(of("cx"), of("cy"), of("r"), 0, 2 * Math.PI);
  if (style.stroke !== "none") pen.stroke(path);
  if (style.fill === "none") return;
  pen.globalAlpha *= Number(style.fillOpacity);
  pen.fill(path);
}

function download(blob, name) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
