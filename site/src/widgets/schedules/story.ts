import { levelAt, logSnr } from "@unnoise/lib";
import { fill } from "../../language/language.ts";
import { COUNT, halfSignal, scheduleFor, type SchedulesState } from "./state.ts";
import type { SchedulesWord } from "./words.ts";

/** What the widget says about the cursor's time. */
export function tell(words: Readonly<Record<SchedulesWord, string>>, state: SchedulesState) {
  const schedule = scheduleFor(state);
  const level = levelAt(schedule, state.t);
  const half = halfSignal(schedule);
  const ratio = logSnr(level);
  const values = { t: state.t, count: COUNT, signal: Math.round(100 * level.alpha ** 2) };
  return {
    shown: fill(words.shown, values),
    spoken: fill(words.spoken, values),
    says: fill(half === undefined ? words.saysNever : words.says, {
      name: words[state.schedule],
      signal: (level.alpha ** 2).toFixed(3),
      logSnr: Number.isFinite(ratio) ? ratio.toFixed(1).replace("-", "−") : "∞",
      half: half ?? "",
    }),
  };
}
