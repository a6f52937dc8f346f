import { Refusal } from "../schema/refusal.ts";

/** A place in the queue. */
export type Place = {
  /** Resolves when it is one's turn; rejects with the signal's reason when the wait is broken off. */
  readonly turn: Promise<void>;
  /** Makes room for the next, from wherever one stands. Must be called, once or more. */
  readonly leave: () => void;
};

/** What somebody brings who joins. */
export type Joining = {
  /** The amount of work, in network calls. */
  readonly cost: number;
  /** Breaks off the wait. */
  readonly signal: AbortSignal;
};

/** One at a time, the others in the order in which they came, and not too many of them. */
export type Queue = {
  /** Takes a place, or throws a {@link Refusal} (429) when all places are taken. */
  readonly join: (joining: Joining) => Place;
  /** Whether all places are taken. */
  readonly full: boolean;
};

type Waiting = Joining & { readonly call: () => void };

// Clients ignore a Retry-After above a minute and come back at once.
const LONGEST_RETRY_SECONDS = 60;
const FIRST_GUESS_SECONDS = 0.02;
// How much the last job says about the speed of the next ones.
const NEWS = 0.3;

/**
 * A queue for one device: its network gains nothing from two pictures at a time, and each would take twice as long.
 *
 * @param places how many may wait while one is being served
 */
export function createQueue({ places }: { readonly places: number }): Queue {
  const waiting: Waiting[] = [];
  let served: Joining | undefined;
  let secondsACall = FIRST_GUESS_SECONDS;

  function next() {
    const first = waiting.shift();
    served = first;
    first?.call();
  }

  function secondsToGo(): number {
    const calls = [...waiting, ...(served === undefined ? [] : [served])].reduce((sum, { cost }) => sum + cost, 0);
    return Math.min(LONGEST_RETRY_SECONDS, Math.max(1, Math.ceil(calls * secondsACall)));
  }

  return {
    get full() {
      return served !== undefined && waiting.length >= places;
    },
    join({ cost, signal }) {
      if (this.full) {
        throw new Refusal(`Cannot take one more request: ${places} are waiting already, expected fewer`, {
          status: 429,
          code: "queue_full",
          retryAfter: secondsToGo(),
        });
      }
      const { promise: turn, resolve, reject } = Promise.withResolvers<void>();
      // Whoever leaves before awaiting the turn must not leave an unhandled rejection behind.
      turn.catch(() => {});
      let started: number | undefined;
      const entry: Waiting = {
        cost,
        signal,
        call() {
          started = performance.now();
          resolve();
        },
      };
      const leave = () => {
        signal.removeEventListener("abort", giveUp);
        if (served === entry) {
          const seconds = (performance.now() - started!) / 1000;
          if (!signal.aborted) secondsACall += NEWS * (seconds / cost - secondsACall);
          next();
        } else if (waiting.includes(entry)) {
          waiting.splice(waiting.indexOf(entry), 1);
        }
      };
      // One who is being served leaves by `leave`, when the device is really free.
      const giveUp = () => {
        reject(signal.reason);
        if (served !== entry) leave();
      };
      waiting.push(entry);
      if (served === undefined) next();
      if (signal.aborted) giveUp();
      else signal.addEventListener("abort", giveUp, { once: true });
      return { turn, leave };
    },
  };
}
