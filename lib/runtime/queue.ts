/** Runs one task after the other; a failed one does not hold up the next. */
export type Queue = <Result>(task: () => Promise<Result>) => Promise<Result>;

/**
 * A queue of its own: each task starts when the one before has ended, however it ended.
 *
 * @example
 * ```ts
 * import { createQueue } from "./queue.ts";
 *
 * const queue = createQueue();
 * const [first, second] = await Promise.all([queue(() => Promise.resolve(1)), queue(() => Promise.resolve(2))]);
 * console.assert(first === 1 && second === 2);
 * ```
 */
export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => {});
    return result;
  };
}
