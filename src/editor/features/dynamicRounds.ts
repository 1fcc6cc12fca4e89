import * as vscode from 'vscode';
import * as z from 'zod';

/** Which rounds of dynamic categorization are run, as the program takes them, and by which seed. */
export const dynamicRounds = z.object({
  rounds: z.enum(['1..4', '1..1', '1..2', '1..3']),
  seed: z.int().nonnegative(),
});
export type DynamicRounds = z.infer<typeof dynamicRounds>;

/** Asks for rounds and seed; undefined when a question is dismissed. */
export async function askDynamicRounds(title: string): Promise<DynamicRounds | undefined> {
  const { t } = vscode.l10n;
  const items = [
    { label: t('All four rounds'), rounds: '1..4' },
    { label: t('1: Mix granularities'), rounds: '1..1' },
    { label: t('1 and 2: … and synonyms'), rounds: '1..2' },
    { label: t('1 to 3: … and remove options'), rounds: '1..3' },
  ] as const;
  const placeHolder = t('Rounds of dynamic categorization');
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (chosen === undefined) return undefined;
  const seed = await vscode.window.showInputBox({
    title,
    prompt: t('Seed: the same number makes the same version'),
    value: '1',
    validateInput: (text) => (/^\d{1,9}$/u.test(text) ? undefined : t('Give a whole number.')),
  });
  return seed === undefined ? undefined : { rounds: chosen.rounds, seed: Number(seed) };
}

/** The arguments of the program's `dynamic` for rounds. */
export function roundArguments({ rounds, seed }: DynamicRounds): string[] {
  return ['dynamic', '--rounds', rounds, '--seed', String(seed)];
}
