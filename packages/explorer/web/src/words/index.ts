// The language of the page, and what it says in it.
import { effect, signal } from "@preact/signals";
import { en, type Words } from "./en";
import { titles } from "./titles";
import { zh } from "./zh";

export type Language = "en" | "zh";
export type Word = keyof Words;

const KEPT = "xportcn-language";
const WORDS: Record<Language, Words> = { en, zh };
const kept = localStorage.getItem(KEPT);
const own: Language = navigator.language.startsWith("zh") ? "zh" : "en";

export const language = signal<Language>(kept === "en" || kept === "zh" ? kept : own);

effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
  document.title = WORDS[language.value].title;
});

export function choose(next: Language) {
  language.value = next;
  localStorage.setItem(KEPT, next);
}

/** A text in the page's language, with what stands in braces filled in. */
export function say(word: Word, given: Record<string, string | number> = {}): string {
  return WORDS[language.value][word].replace(/\{(\w+)\}/g, (_, name: string) => String(given[name] ?? ""));
}

/** The name of a group or a call. */
export const titleOf = (one: { id: string; title: string }) =>
  language.value === "zh" ? (titles[one.id] ?? one.title) : one.title;
