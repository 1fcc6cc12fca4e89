import { isLineEnd } from '../text/lines';
import { endOfHeredocs } from './heredocs';
import { pushBlockComment, pushLineComment, pushRegion, type CodeRegion } from './regions';
import type {
  BlockCommentRule,
  Heredoc,
  Hole,
  Language,
  LiteralRule,
  Rule,
  StringRule,
} from './rules';

/** A string that waits for the end of its hole. */
interface OpenString {
  readonly rule: StringRule;
  readonly hole: Hole;
  depth: number;
}

/**
 * Finds the comments and strings of one stretch of code by a language's rules, in one pass. An
 * unterminated construct ends with its line, or with the stretch where it may have many lines.
 */
export class Scanner {
  private at: number;
  private lastCode = -1;
  private readonly open: OpenString[] = [];
  private heredocs: Heredoc[] = [];
  private readonly rulesByStart: readonly (readonly Rule[] | undefined)[];

  constructor(
    private readonly text: string,
    private readonly start: number,
    private readonly end: number,
    private readonly language: Language,
    private readonly regions: CodeRegion[],
  ) {
    this.at = start;
    this.rulesByStart = indexRules(language);
  }

  /** Scans, and returns where the code ended: the end of the stretch, or `codeEnd`'s place. */
  scan(): number {
    while (this.at < this.end) {
      const unit = this.text.charCodeAt(this.at);
      if (isLineEnd(unit)) {
        this.passLineEnd();
        continue;
      }
      const string = this.open.at(-1);
      if (string !== undefined && this.passBracket(string)) continue;
      if (string?.hole.plain !== true) {
        const { codeEnd, codeEscape } = this.language;
        if (codeEnd !== undefined && this.text.startsWith(codeEnd, this.at)) return this.at;
        if (this.applyRules(unit)) continue;
        if (codeEscape !== undefined && this.text.charAt(this.at) === codeEscape) this.at++;
      }
      if (unit > 0x20) this.lastCode = this.at;
      this.at++;
    }
    return this.end;
  }

  private passLineEnd(): void {
    // Broken code: the hole of a string of one line does not go on in the next.
    while (this.open.length > 0 && this.open.at(-1)?.rule.multiline !== true) this.open.pop();
    this.at++;
    if (this.heredocs.length > 0) {
      this.at = endOfHeredocs(this.text, this.at, this.end, this.heredocs, this.regions);
      this.heredocs = [];
    }
  }

  /** Counts the brackets of a hole; its last one leads back into the string. */
  private passBracket(string: OpenString): boolean {
    const character = this.text.charAt(this.at);
    if (character === string.hole.close) {
      if (string.depth === 0) {
        this.open.pop();
        this.scanString(string.rule, this.at + 1);
        return true;
      }
      string.depth--;
    } else if (character === string.hole.nest) {
      string.depth++;
    }
    return false;
  }

  private applyRules(unit: number): boolean {
    const rules = unit < 0x80 ? this.rulesByStart[unit] : undefined;
    if (rules === undefined) return false;
    for (const rule of rules) {
      if (this.text.startsWith(rule.open, this.at) && this.apply(rule)) return true;
    }
    return false;
  }

  private apply(rule: Rule): boolean {
    if (rule.type === 'literal') return this.applyLiteral(rule);
    if (this.at + rule.open.length > this.end) return false;
    if (rule.when !== undefined && !rule.when(this.place())) return false;
    const contentStart = this.at + rule.open.length;
    switch (rule.type) {
      case 'lineComment':
        this.at = this.endOfLineComment(contentStart);
        pushLineComment(this.regions, this.text, contentStart, this.at);
        return true;
      case 'blockComment':
        this.scanBlockComment(rule, contentStart);
        return true;
      case 'string':
        this.scanString(rule, contentStart);
        return true;
    }
  }

  private applyLiteral(rule: LiteralRule): boolean {
    const literal = rule.scan(this.place());
    if (literal === undefined) return false;
    const { kind, contentStart, contentEnd, heredoc } = literal;
    if (heredoc !== undefined) this.heredocs.push(heredoc);
    if (kind !== undefined && contentStart !== undefined && contentEnd !== undefined) {
      pushRegion(this.regions, this.text, kind, contentStart, Math.min(contentEnd, this.end));
    }
    this.at = Math.min(literal.end, this.end);
    if (kind !== 'comment') this.lastCode = this.at - 1;
    return true;
  }

  private endOfLineComment(from: number): number {
    const { codeEnd } = this.language;
    let at = from;
    while (at < this.end && !isLineEnd(this.text.charCodeAt(at))) {
      if (codeEnd !== undefined && this.text.startsWith(codeEnd, at)) break;
      at++;
    }
    return at;
  }

  private scanBlockComment({ open, close, nested }: BlockCommentRule, contentStart: number): void {
    let depth = 1;
    let at = contentStart;
    while (at < this.end) {
      if (this.text.startsWith(close, at)) {
        if (--depth === 0) break;
        at += close.length;
      } else if (nested === true && this.text.startsWith(open, at)) {
        depth++;
        at += open.length;
      } else {
        at++;
      }
    }
    at = Math.min(at, this.end);
    pushBlockComment(this.regions, this.text, contentStart, at);
    this.at = Math.min(at + close.length, this.end);
  }

  /** Reads a string from inside it up to its end or its next hole. */
  private scanString(rule: StringRule, contentStart: number): void {
    const { text, end } = this;
    let at = contentStart;
    let next = end;
    let contentEnd = end;
    while (at < end) {
      const unit = text.charCodeAt(at);
      // Before the escape: in Swift a hole begins with the same character.
      const hole = rule.holes?.find(({ open }) => text.startsWith(open, at));
      if (hole === undefined && rule.escape !== undefined && unit === rule.escape.charCodeAt(0)) {
        at += text.startsWith('\r\n', at + 1) ? 3 : 2;
        continue;
      }
      if (text.startsWith(rule.close, at)) {
        if (rule.doubles === true && text.startsWith(rule.close, at + rule.close.length)) {
          at += 2 * rule.close.length;
          continue;
        }
        contentEnd = at;
        next = at + rule.close.length;
        break;
      }
      if (rule.multiline !== true && isLineEnd(unit)) {
        contentEnd = next = at;
        break;
      }
      if (hole === undefined) {
        at++;
      } else if (hole.doubled === true && text.startsWith(hole.open, at + hole.open.length)) {
        at += 2 * hole.open.length;
      } else {
        contentEnd = at;
        next = at + hole.open.length;
        this.open.push({ rule, hole, depth: 0 });
        break;
      }
    }
    pushRegion(this.regions, text, 'string', contentStart, contentEnd);
    this.at = Math.min(next, end);
    this.lastCode = this.at - 1;
  }

  private place(): Parameters<LiteralRule['scan']>[0] {
    const { text, at, start, end, lastCode } = this;
    return { text, at, start, end, lastCode };
  }
}

const indices = new WeakMap<Language, readonly (readonly Rule[] | undefined)[]>();

/** The rules by the first character of their opening mark, which is always ASCII. */
function indexRules(language: Language): readonly (readonly Rule[] | undefined)[] {
  const known = indices.get(language);
  if (known !== undefined) return known;
  const index: Rule[][] = [];
  for (const rule of language.rules) {
    const unit = rule.open.charCodeAt(0);
    (index[unit] ??= []).push(rule);
  }
  indices.set(language, index);
  return index;
}
