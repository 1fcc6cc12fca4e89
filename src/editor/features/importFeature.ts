import * as vscode from 'vscode';
import { isHuman, type Entity } from '../../core/entity/entity';
import { ImportReport } from '../../core/export/importReport';
import type { PassageData } from '../../core/formats/format';
import { foldPath } from '../../core/labels/names';
import type { EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { admitSuggestions } from '../documents/admission';
import type { AnnotationCodec } from '../documents/annotationCodec';
import { activeDocument, type OpenSessions } from '../documents/sessions';
import { lengthOf, textOf } from '../documents/textRanges';
import type { Failures } from '../failures';
import type { Settings } from '../settings';
import { filePassages } from './exportSources';
import { formatCount, sayCount } from './numbers';
import { showReport } from '../programs/showReport';

/** What becomes of entities that nobody has decided on. */
type Undecided = 'suggested' | 'accepted';

/** "Import Annotations…": those of a file in any format, placed in the text of the active document. */
export class ImportFeature extends Disposable {
  constructor(
    private readonly parts: EditorParts,
    private readonly sessions: OpenSessions,
    private readonly codec: AnnotationCodec,
    private readonly settings: Settings,
    private readonly failures: Failures,
  ) {
    super();
    this._register(
      vscode.commands.registerCommand('dynamicner.import', async () => {
        try {
          await this.import();
        } catch (error) {
          this.failures.show(error);
        }
      }),
    );
  }

  private async import(): Promise<void> {
    const { t } = vscode.l10n;
    const document = activeDocument();
    if (document === undefined) {
      void vscode.window.showInformationMessage(
        t('Open the document that the annotations are of first.'),
      );
      return;
    }
    const [file] =
      (await vscode.window.showOpenDialog({
        title: t('Annotations to Import'),
        openLabel: t('Import'),
      })) ?? [];
    if (file === undefined) return;
    const undecided = await askUndecided();
    if (undecided === undefined) return;
    const report = new ImportReport();
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: t('Importing annotations of “{0}”', vscode.workspace.asRelativePath(file)),
        cancellable: true,
      },
      (_progress, token) => this.read(document, file, undecided, report, token),
    );
    await tell(report, document);
  }

  private async read(
    document: vscode.TextDocument,
    file: vscode.Uri,
    undecided: Undecided,
    report: ImportReport,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const passages: PassageData[] = [];
    for await (const passage of filePassages(file, this.parts.labels.taxonomy, report)) {
      if (token.isCancellationRequested) throw new vscode.CancellationError();
      passages.push(plain(passage));
      report.countRead(passage);
    }
    const session = this.sessions.of(document);
    await session.restore();
    for (;;) {
      const { version, text } = await textOf(document);
      const { standing, missing } = await this.codec.place({ passages, text });
      if (token.isCancellationRequested) throw new vscode.CancellationError();
      if (document.version !== version) continue;
      for (const { quote, entity } of missing) report.noPlace(quote, entity.path);
      const human = session.state.pick(isHuman);
      const decided = standing.map((entity) => this.decide(entity, undecided));
      const there = new Set(human.map(placeAndType));
      const fresh = decided.filter((entity) => !there.has(placeAndType(entity)));
      const overlap = this.settings.get('overlap', document);
      const people = fresh.filter(isHuman);
      const suggestions = fresh.filter((entity) => !isHuman(entity));
      const admitted = admitSuggestions(suggestions, [...human, ...people], overlap);
      report.known = decided.length - people.length - admitted.length;
      report.imported = people.length + admitted.length;
      await session.insert(people);
      if (admitted.length > 0) {
        const all = [...session.state.pick((entity) => !isHuman(entity)), ...admitted];
        session.show([{ start: 0, end: lengthOf(document), entities: all }]);
      }
      session.markPartlyRead();
      return;
    }
  }

  /** The entity under an id of this document's own, decided on as the user wants it. */
  private decide(entity: Entity, undecided: Undecided): Entity {
    const id = this.sessions.newId();
    if (isHuman(entity) || undecided === 'suggested') return { ...entity, id };
    const annotator = this.settings.get('annotator').trim();
    return {
      ...entity,
      id,
      state: 'accepted',
      time: new Date().toISOString(),
      ...(annotator === '' ? {} : { annotator }),
    };
  }
}

/** The passage without what does not concern the places of its entities. */
function plain({ text, entities }: PassageData): PassageData {
  return { text, entities };
}

function placeAndType({ start, end, path }: Entity): string {
  return `${start} ${end} ${foldPath(path)}`;
}

async function askUndecided(): Promise<Undecided | undefined> {
  const { t } = vscode.l10n;
  const items: readonly { undecided: Undecided; label: string; detail: string }[] = [
    {
      undecided: 'accepted',
      label: t('As accepted'),
      detail: t('They are kept with the document: people made them'),
    },
    {
      undecided: 'suggested',
      label: t('As suggestions'),
      detail: t('To be accepted or rejected; another extraction replaces them'),
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Import Annotations'),
    placeHolder: t('What nobody has decided on yet is taken'),
  });
  return chosen?.undecided;
}

async function tell(report: ImportReport, document: vscode.TextDocument): Promise<void> {
  const { t } = vscode.l10n;
  const name = vscode.workspace.asRelativePath(document.uri);
  const told = [
    report.imported === 1
      ? t('1 annotation was imported into “{0}”.', name)
      : t('{0} annotations were imported into “{1}”.', formatCount(report.imported), name),
    ...tellNotImported(report),
  ];
  const show = t('Show Report');
  const answer = await vscode.window.showInformationMessage(
    told.join(' '),
    ...(report.isEmpty ? [] : [show]),
  );
  if (answer === show) await showReport(report.toMarkdown(name, t));
}

/** What became of the annotations that were not imported, a sentence each. */
function tellNotImported({ known, missing, leftOut }: ImportReport): string[] {
  const { t } = vscode.l10n;
  return [
    ...sayCount(
      known,
      t('1 was there already or gave way.'),
      t('{0} were there already or gave way.', formatCount(known)),
    ),
    ...sayCount(
      missing,
      t('1 has no place in its text.'),
      t('{0} have no place in its text.', formatCount(missing)),
    ),
    ...sayCount(
      leftOut,
      t('1 part could not be read.'),
      t('{0} parts could not be read.', formatCount(leftOut)),
    ),
  ];
}
