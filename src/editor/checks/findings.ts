import * as vscode from 'vscode';
import { z } from 'zod';
import { describeProblem } from '../../core/problem';
import { phraseSchema } from '../programs/wordedSchema';
import { say } from '../wording';

const regionSchema = z.object({
  startLine: z.number().int().min(1),
  startColumn: z.number().int().min(1),
  endLine: z.number().int().min(1),
  endColumn: z.number().int().min(1),
});
const placeSchema = z.object({
  line: z.number().int().min(1),
  region: regionSchema.optional(),
});
const findingSchema = placeSchema.extend({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'note']),
  wording: z.object({ message: phraseSchema, mend: phraseSchema }),
  fixes: z.array(z.object({ id: z.string(), safe: z.boolean(), wording: phraseSchema })),
  related: z.array(placeSchema).optional(),
});

/** A finding of `check --to json`. */
export type ShownFinding = z.infer<typeof findingSchema>;

/** Reads what `check --to json` printed. @throws {z.ZodError} when it is something else. */
export function parseFindings(output: string): ShownFinding[] {
  return z.array(findingSchema).parse(JSON.parse(output));
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  note: vscode.DiagnosticSeverity.Information,
} as const;

/** What of a finding must be known to mend it. */
export interface FindingDiagnostic {
  readonly diagnostic: vscode.Diagnostic;
  readonly finding: ShownFinding;
}

/** The finding in the file `uri` as the Problems view shows it. */
export function diagnosticOf(finding: ShownFinding, uri: vscode.Uri): FindingDiagnostic {
  const { wording, rule, severity, related = [] } = finding;
  const diagnostic = new vscode.Diagnostic(
    rangeOf(finding),
    say(describeProblem(wording)),
    severities[severity],
  );
  diagnostic.source = 'DynamicNER';
  diagnostic.code = rule;
  diagnostic.relatedInformation = related.map(
    (place) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(uri, rangeOf(place)),
        vscode.l10n.t('Also here'),
      ),
  );
  return { diagnostic, finding };
}

/** The region, else the whole line, which VS Code shows without the white space before it. */
function rangeOf({ line, region }: z.infer<typeof placeSchema>): vscode.Range {
  if (region === undefined) return new vscode.Range(line - 1, 0, line - 1, Number.MAX_VALUE);
  const { startLine, startColumn, endLine, endColumn } = region;
  return new vscode.Range(startLine - 1, startColumn - 1, endLine - 1, endColumn - 1);
}
