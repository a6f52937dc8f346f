import { bestLabels } from "../model/judge.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What each picture was meant to show, by name; nothing where that is not known. */
export type Asked = readonly (string | undefined)[];

/** What a judge takes pictures for. */
export type JudgedShare = {
  /** Of each picture the label that the judge favours, as a place among its labels. */
  readonly judged: readonly number[];
  /** Of each picture the label that was asked for. */
  readonly asked: readonly (number | undefined)[];
  /** The share of pictures judged to be what was asked for, 0 to 1; absent where nothing was. */
  readonly share: number | undefined;
  /** The share of pictures with what was asked for among the judge's first five. */
  readonly firstFive: number | undefined;
  /** The same for each label that was asked for, in the judge's order. */
  readonly classes: readonly ClassShare[];
};

/** What a judge takes the pictures of one class for. */
export type ClassShare = {
  /** The class. */
  readonly label: string;
  /** How many pictures were asked to show it. */
  readonly count: number;
  /** The share of them that does. */
  readonly share: number;
};

const FIRST = 5;

/**
 * Compares what was asked for with what a judge sees.
 *
 * @throws {RangeError} when a name is none of the labels, or there is not one a picture
 */
export function judgedShare(
  scores: Tensor,
  { labels, asked: names }: { readonly labels: readonly string[]; readonly asked?: Asked | undefined },
): JudgedShare {
  const first = bestLabels(scores, FIRST);
  if (names !== undefined && names.length !== first.length) {
    throw new RangeError(`Cannot tell what was asked for: found ${names.length} names, expected ${first.length}`);
  }
  const places = new Map(labels.map((label, place) => [label.toLowerCase(), place]));
  const asked = (names ?? first.map(() => undefined)).map((name) => {
    return name === undefined ? undefined : placeOf(name, places, labels);
  });
  const known = asked.flatMap((place, i) => place === undefined ? [] : [{ place, first: first[i]! }]);
  const classes = labels.flatMap((label, place) => {
    const own = known.filter((picture) => picture.place === place);
    return own.length === 0 ? [] : [{ label, count: own.length, share: shareOf(own, 1)! }];
  });
  return {
    judged: first.map(([place]) => place!),
    asked,
    share: shareOf(known, 1),
    firstFive: shareOf(known, FIRST),
    classes,
  };
}

type Known = { readonly place: number; readonly first: readonly number[] };

function shareOf(pictures: readonly Known[], count: number): number | undefined {
  if (pictures.length === 0) return undefined;
  return pictures.filter(({ place, first }) => first.slice(0, count).includes(place)).length / pictures.length;
}

const LISTED = 20;

function placeOf(name: string, places: ReadonlyMap<string, number>, labels: readonly string[]): number {
  const place = places.get(name.trim().toLowerCase());
  if (place !== undefined) return place;
  const expected = labels.length > LISTED ? `one of the judge's ${labels.length} names` : `one of ${labels.join(", ")}`;
  throw new RangeError(`Cannot judge whether a picture shows ${JSON.stringify(name)}: expected ${expected}`);
}
