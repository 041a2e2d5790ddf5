import type { AutomaticAnswers } from "../api/types";
import { DAYS, heldHours, sentHours } from "./hours";
import type { Values } from "./useForm";

export const ZONE = "calendar.time_zone";
export const HOLIDAYS = "calendar.holidays";
/** A day of the week, among a form's values and in the API's faults; 0 is Monday. */
export const dayKey = (day: number) => `calendar.week.${day}`;

/** What an inbox answers by itself, as a form holds it. */
export function valuesOfAnswers({ first_answer, out_of_office, calendar }: AutomaticAnswers): Values {
  const { time_zone, week, holidays } = calendar ?? {};
  const hours = DAYS.map((_, day): [string, string] => [
    dayKey(day),
    heldHours((week?.[day] ?? []) as [string, string][]),
  ]);
  return {
    first_answer: first_answer ?? "",
    out_of_office: out_of_office ?? "",
    [ZONE]: time_zone ?? "UTC",
    [HOLIDAYS]: (holidays ?? []).join(" "),
    ...Object.fromEntries(hours),
  };
}

/** The same as the API takes it; without any hours it is always open. */
export function answersOf(values: Values): AutomaticAnswers {
  const week = DAYS.map((_, day) => sentHours(String(values[dayKey(day)] ?? "")));
  return {
    first_answer: String(values.first_answer),
    out_of_office: String(values.out_of_office),
    calendar: {
      time_zone: String(values[ZONE]),
      week: week.some((hours) => hours.length > 0) ? week : [],
      holidays: String(values[HOLIDAYS]).split(" ").filter(Boolean),
    },
  };
}
