import * as vscode from 'vscode';
import { z } from 'zod';
import { escapeMarkdown } from '../../core/export/escapeMarkdown';
import { Disposable } from '../disposable';
import type { Failures } from '../failures';
import { chooseDataSets, type DataSetFile } from '../programs/dataSetFiles';
import type { LabelArguments } from '../programs/labelArguments';
import type { Program } from '../programs/program';
import { runWithProgress } from '../programs/runWithProgress';
import { showReport } from '../programs/showReport';
import { formatCount } from './numbers';

const scores = z.object({
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  support: z.number().optional(),
});
type Scores = z.infer<typeof scores>;

/** What `evaluate --to json` prints. */
const evaluation = z.union([
  z.object({ extraction: scores, classification: scores }),
  scores.extend({ perType: z.record(z.string(), scores).optional() }),
]);

interface Scorer extends vscode.QuickPickItem {
  readonly name: string;
  /** Whether it tells types apart. */
  readonly byType: boolean;
}

/** "Score Predictions…": a data set against the gold one, by a scorer of the command line, as a document. */
export class EvaluateFeature extends Disposable {
  constructor(
    private readonly program: Program,
    private readonly labels: LabelArguments,
    failures: Failures,
  ) {
    super();
    this._register(
      vscode.commands.registerCommand(
        'dynamicner.evaluate',
        (uri?: vscode.Uri, uris?: readonly vscode.Uri[]) =>
          this.evaluate(uri, uris).catch((error: unknown) => failures.show(error)),
      ),
    );
  }

  private async evaluate(uri?: vscode.Uri, uris?: readonly vscode.Uri[]): Promise<void> {
    const { t } = vscode.l10n;
    const files = await this.askFiles(uri, uris);
    if (files === undefined) return;
    const { gold, predicted } = files;
    const scorer = await askScorer(t('Score Predictions'));
    if (scorer === undefined) return;
    const { stdout, stderr } = await runWithProgress(this.program, t('Scoring predictions'), [
      ...['evaluate', '--gold', gold.name, '--pred', predicted.name, '--scorer', scorer.name],
      ...['--to', 'json', ...(scorer.byType ? ['--by', 'type'] : [])],
      ...(await this.labels.of(gold.uri)),
    ]);
    const name = (file: DataSetFile): string =>
      escapeMarkdown(vscode.workspace.asRelativePath(file.uri));
    const lines = [
      `# ${t('Scores of {0}', name(predicted))}`,
      '',
      t('Gold: {0}', name(gold)),
      '',
      t('Scorer: {0}', `${scorer.label} – ${scorer.detail ?? ''}`),
      '',
      ...tableOf(evaluation.parse(JSON.parse(stdout))),
    ];
    const warnings = stderr.split('\n').filter((line) => line.trim() !== '');
    if (warnings.length > 0) lines.push('', ...warnings.map((line) => `- ${escapeMarkdown(line)}`));
    await showReport(`${lines.join('\n')}\n`);
  }

  /** The gold file, which is the one in front if any, and the predictions. */
  private async askFiles(
    uri?: vscode.Uri,
    uris?: readonly vscode.Uri[],
  ): Promise<{ gold: DataSetFile; predicted: DataSetFile } | undefined> {
    const { t } = vscode.l10n;
    if (uris?.length === 2) {
      const both = await chooseDataSets(undefined, uris, { title: '', several: true });
      const items = both.map((file) => ({
        label: vscode.workspace.asRelativePath(file.uri),
        file,
      }));
      const chosen = await vscode.window.showQuickPick(items, {
        title: t('Score Predictions'),
        placeHolder: t('Which one has the right entities?'),
      });
      const predicted = both.find((file) => file !== chosen?.file);
      return chosen && predicted && { gold: chosen.file, predicted };
    }
    const [gold] = await chooseDataSets(uri, undefined, {
      title: t('Gold: the Right Entities'),
      several: false,
    });
    if (gold === undefined) return undefined;
    const chosen = await vscode.window.showOpenDialog({
      title: t('Predicted Entities'),
      openLabel: t('Score'),
      defaultUri: gold.uri,
    });
    if (chosen === undefined) return undefined;
    const [predicted] = await chooseDataSets(undefined, chosen, { title: '', several: true });
    return predicted && { gold, predicted };
  }
}

async function askScorer(title: string): Promise<Scorer | undefined> {
  const { t } = vscode.l10n;
  const items: readonly Scorer[] = [
    { name: 'strict', byType: true, label: t('Strict'), detail: t('Span and type') },
    {
      name: 'dynamicner',
      byType: false,
      label: 'DynamicNER',
      detail: t('As users of that data set score: mentions, without their places'),
    },
    { name: 'boundaries', byType: false, label: t('Boundaries'), detail: t('The span alone') },
    { name: 'type', byType: true, label: t('Type'), detail: t('Type, and some of the span') },
    {
      name: 'partial',
      byType: false,
      label: t('Partial'),
      detail: t('Some of the span, for half'),
    },
    { name: 'token', byType: true, label: t('Words'), detail: t('Words with their type') },
    {
      name: 'hierarchical',
      byType: true,
      label: t('Hierarchical'),
      detail: t('Each level of the path'),
    },
  ];
  return vscode.window.showQuickPick(items, { title, placeHolder: t('What counts as right') });
}

/** The scores as a table of Markdown, shares in percent. */
function tableOf(result: z.infer<typeof evaluation>): string[] {
  const { t } = vscode.l10n;
  const share = (value: number): string => (100 * value).toFixed(1);
  const row = (name: string, { precision, recall, f1, support }: Scores): string => {
    const cells = [escapeMarkdown(name), share(precision), share(recall), share(f1)];
    const count = support === undefined ? '' : formatCount(support);
    return `| ${[...cells, count].join(' | ')} |`;
  };
  const head = ['', t('Precision'), t('Recall'), 'F1', t('Gold')];
  const rows =
    'extraction' in result
      ? [row(t('Extraction'), result.extraction), row(t('Classification'), result.classification)]
      : [
          row(t('All'), result),
          ...Object.entries(result.perType ?? {}).map(([name, own]) => row(name, own)),
        ];
  return [`| ${head.join(' | ')} |`, '|:--|--:|--:|--:|--:|', ...rows];
}
