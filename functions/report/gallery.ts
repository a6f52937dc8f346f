import { Buffer } from "node:buffer";
import { encodePng, type Tensor, toPictures } from "@unnoise/lib";
import { html, type Markup } from "./markup.ts";

/** A picture of a gallery, or two that belong together, with what is said below. */
export type Exhibit = { readonly pictures: readonly Picture[]; readonly caption?: string | undefined };

type Picture = { readonly picture: Tensor; readonly alt: string };

/** Pictures in rows, each as a data URL: the page needs no other file. */
export function gallery(exhibits: readonly Exhibit[]): Markup {
  const width = exhibits[0]?.pictures[0]?.picture.shape[3] ?? 0;
  const size = width <= SMALL ? "small" : width <= MIDDLE ? "middle" : "large";
  const each = Math.max(...exhibits.map(({ pictures }) => pictures.length));
  const captioned = exhibits.some(({ caption }) => caption !== undefined) ? "captioned" : "";
  return html`<ul class="gallery ${size} of-${each} ${captioned}">${
    exhibits.map(({ pictures, caption }) =>
      html`
        <li>
          <figure><div>${pictures.map(image)}</div>${caption === undefined
            ? undefined
            : html`<figcaption>${caption}</figcaption>`}</figure>
        </li>
      `
    )
  }</ul>`;
}

/** How many pictures of a size may be shown in one gallery, so that a page stays easy to send. */
export function roomFor({ shape }: Tensor): number {
  const bytes = shape.slice(1).reduce((product, axis) => product * axis, 1);
  return Math.min(MOST, Math.max(FEWEST, Math.floor(LARGEST_GALLERY / bytes)));
}

/** Places spread evenly over a count: files are often sorted by class. */
export function spread(count: number, most: number): number[] {
  const shown = Math.min(count, most);
  return Array.from({ length: shown }, (_, k) => Math.floor(k * count / shown));
}

/** One picture of a batch. */
export function at(pictures: Tensor, place: number): Tensor {
  const [count = 0] = pictures.shape;
  const size = pictures.data.length / count;
  return { data: pictures.data.subarray(place * size, (place + 1) * size), shape: [1, ...pictures.shape.slice(1)] };
}

const [SMALL, MIDDLE] = [40, 128];
const [FEWEST, MOST] = [6, 60];
const LARGEST_GALLERY = 2 ** 21;

function image({ picture, alt }: Picture): Markup {
  const [drawn] = toPictures(picture);
  const { width, height } = drawn!;
  const source = `data:image/png;base64,${Buffer.from(encodePng(drawn!)).toString("base64")}`;
  return html`<img src="${source}" width="${width}" height="${height}" alt="${alt}">`;
}
