import { contentId } from '../../core/labels/contentId';
import type { Finding, Fix, Severity } from '../../core/checks/finding';
import { phraseText } from '../../core/messages/phrase';
import { describeProblem } from '../../core/problem';
import type { OffsetUnit } from '../../core/formats/format';

/** A finding with the file it was found in. */
export interface FileFinding {
  /** As the user named it. */
  readonly file: string;
  readonly finding: Finding;
}

/** How findings are printed, one after the other. */
export interface FindingsReport {
  readonly head: string;
  /** @param number Counted from 0. */
  one(found: FileFinding, number: number): string;
  readonly end: string;
}

/** The name of a fix, by which `--fix` takes it: equal as long as its changes are. */
export function fixId({ title, changes }: Fix): string {
  return contentId(JSON.stringify([title, changes]));
}

/** One finding a line, as compilers write them: `train.jsonl:7: warning: … [blank-edge]`. */
export const textReport: FindingsReport = {
  head: '',
  one({ file, finding }) {
    const { severity, rule, region } = finding;
    const line = region === undefined ? finding.line : `${region.startLine}:${region.startColumn}`;
    return `${file}:${line}: ${severity}: ${phraseText(describeProblem(finding))} [${rule}]\n`;
  },
  end: '',
};

/** A JSON array, one finding a line. `wording` holds the same for translation, its places as arguments. */
export function jsonReport(unit: OffsetUnit): FindingsReport {
  return {
    head: '[',
    one({ file, finding }, number) {
      const { rule, severity, message, mend, fixes, related = [], field } = finding;
      const place = (one: Finding | (typeof related)[number]) => {
        const span = (unit === 'code-points' ? one.points : undefined) ?? one.span;
        return {
          line: one.line,
          index: one.index,
          bytes: [one.bytes.start, one.bytes.end],
          ...(span === undefined ? {} : { span: [span.start, span.end] }),
          ...(one.region === undefined ? {} : { region: one.region }),
        };
      };
      const value = {
        file,
        rule,
        severity,
        ...place(finding),
        ...(field === undefined ? {} : { field }),
        message: phraseText(message),
        mend: phraseText(mend),
        fixes: fixes.map((fix) => ({
          id: fixId(fix),
          title: phraseText(fix.title),
          safe: fix.safe,
          wording: fix.title,
        })),
        ...(related.length === 0 ? {} : { related: related.map(place) }),
        wording: { message, mend },
      };
      return `${number === 0 ? '\n' : ',\n'}${JSON.stringify(value)}`;
    },
    end: '\n]\n',
  };
}

/** The names of severities in messages, worst first. */
export const severities: readonly Severity[] = ['error', 'warning', 'note'];
