import * as vscode from 'vscode';
import { isHuman, type Entity, type TypePath } from '../../core/entity/entity';
import { shownParts, shownPath, shownTypeName } from '../labels/shownNames';
import { percent } from './numbers';

/** What a hover can do with its entity; every link of it is one of these. */
export interface HoverActions {
  showLevel(level: number): string;
  changeType(path: TypePath): string;
  readonly accept: string;
  readonly reject: string;
  readonly pickType: string;
  readonly acceptAll: string;
  readonly rejectAll: string;
  readonly pickTypeOfAll: string;
  readonly showAll: string;
}

/** What is known of a type. */
export interface TypeMeaning {
  readonly description?: string;
  readonly synonyms: readonly string[];
  readonly examples: readonly string[];
  /** The path that the type has now, where the entity has one from before. */
  readonly now?: TypePath;
}

/** What a hover says about one entity. */
export interface HoverFacts {
  readonly entity: Entity;
  readonly mention: string;
  /** Shown level, 0 = coarse. */
  readonly level: number;
  /** What is known of the type; undefined for one that the label list does not have. */
  readonly meaning: TypeMeaning | undefined;
  /** Next best types, best first. */
  readonly alternatives: readonly { readonly path: TypePath; readonly score: number }[];
  /** Mentions with the same surface and type, itself included. */
  readonly sameMentions: number;
}

/** What `appendText` leaves as it is though it begins links, references, lists or tables. */
const unescaped = /([&<.:@|=])|\s+/u;

/**
 * Text of documents and label lists as text: neither Markdown, HTML, links nor icons come out of it.
 * Blanks stay ones that lines break at, which those of `appendText` are not.
 */
export function appendPlain(markdown: vscode.MarkdownString, text: string): vscode.MarkdownString {
  let rest = text;
  for (let found = unescaped.exec(rest); found !== null; found = unescaped.exec(rest)) {
    markdown.appendText(rest.slice(0, found.index));
    markdown.appendMarkdown(found[1] === undefined ? ' ' : `\\${found[1]}`);
    rest = rest.slice(found.index + found[0].length);
  }
  return markdown.appendText(rest);
}

/** The hover of one entity; only `command` may be run from it. */
export function renderHover(
  facts: HoverFacts,
  actions: HoverActions,
  command: string,
): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('', true);
  markdown.isTrusted = { enabledCommands: [command] };
  const { entity } = facts;
  markdown.appendMarkdown('**');
  appendPlain(markdown, facts.mention).appendMarkdown('**\n\n');
  appendPath(markdown, facts, actions);
  appendMeaning(markdown, facts);
  markdown.appendMarkdown('\n\n');
  appendOrigin(markdown, entity);
  // The reason is for the type that the engine gave.
  if (entity.reason !== undefined && entity.state !== 'corrected') {
    markdown.appendMarkdown('\n\n');
    appendPlain(markdown, vscode.l10n.t('Because: {0}', entity.reason));
  }
  if (facts.alternatives.length > 0) {
    markdown.appendMarkdown('\n\n');
    appendPlain(markdown, vscode.l10n.t('Next best:')).appendMarkdown(' ');
    facts.alternatives.forEach(({ path, score }, i) => {
      if (i > 0) markdown.appendMarkdown(' · ');
      const title = vscode.l10n.t('Change the type to {0}', shownPath(path));
      appendLink(markdown, shownTypeName(path), actions.changeType(path), title);
      appendPlain(markdown, ` ${percent(score)}`);
    });
  }
  appendCommands(markdown, facts, actions);
  return markdown;
}

/** Description, synonyms and examples; of a person's annotation also that the list has no such type. */
function appendMeaning(markdown: vscode.MarkdownString, { entity, meaning }: HoverFacts): void {
  const { t } = vscode.l10n;
  const isStray = meaning === undefined && isHuman(entity) && entity.candidates === undefined;
  const { now, description, synonyms = [], examples = [] } = meaning ?? {};
  const lines = [
    ...(isStray ? [t('The label list has no such type.')] : []),
    ...(now === undefined ? [] : [t('Now called {0}.', shownPath(now))]),
    ...(description === undefined ? [] : [description]),
    ...(synonyms.length === 0 ? [] : [t('Also: {0}', synonyms.join(', '))]),
    ...(examples.length === 0 ? [] : [t('Such as {0}', examples.join(', '))]),
  ];
  for (const line of lines) {
    markdown.appendMarkdown('\n\n');
    appendPlain(markdown, line);
  }
}

function appendPath(
  markdown: vscode.MarkdownString,
  { entity, level }: HoverFacts,
  actions: HoverActions,
): void {
  if (entity.candidates !== undefined && entity.candidates.length > 0) {
    appendPlain(markdown, vscode.l10n.t('“{0}” may be:', shownPath(entity.path)));
    for (const path of entity.candidates) {
      markdown.appendMarkdown('\n- ');
      const title = vscode.l10n.t('Change the type to {0}', shownPath(path));
      appendLink(markdown, shownPath(path), actions.changeType(path), title);
    }
    return;
  }
  const shownLevel = Math.min(level, entity.path.length - 1);
  const names = shownParts(entity.path);
  entity.path.forEach((name, i) => {
    if (i > 0) markdown.appendMarkdown(' › ');
    const isShown = i === shownLevel;
    if (isShown) markdown.appendMarkdown('**');
    const title = isShown
      ? vscode.l10n.t('Types are shown at this level')
      : vscode.l10n.t('Show all types at this level');
    appendLink(markdown, names[i] ?? name, actions.showLevel(i), title);
    if (isShown) markdown.appendMarkdown('**');
    const score = entity.levelScores?.[i];
    if (score !== undefined) appendPlain(markdown, ` ${percent(score)}`);
  });
}

function appendOrigin(markdown: vscode.MarkdownString, entity: Entity): void {
  markdown.appendMarkdown(isHuman(entity) ? '$(person) ' : '$(sparkle) ');
  const parts = [stateText(entity)];
  const { engine, model, user } = entity.source ?? {};
  if (entity.score !== undefined) {
    parts.push(vscode.l10n.t('{0} sure of the entity and its type', percent(entity.score)));
  }
  const found = [engine, model].filter((name) => name !== undefined).join(' ');
  if (found !== '') parts.push(vscode.l10n.t('found by {0}', found));
  else if (user !== undefined) parts.push(vscode.l10n.t('found by {0}', user));
  appendPlain(markdown, parts.join(' · '));
}

function stateText(entity: Entity): string {
  const { annotator } = entity;
  switch (entity.state) {
    case 'suggested':
      return vscode.l10n.t('Suggested');
    case 'accepted':
      return annotator === undefined
        ? vscode.l10n.t('Accepted')
        : vscode.l10n.t('Accepted by {0}', annotator);
    case 'corrected':
      return annotator === undefined
        ? vscode.l10n.t('Corrected')
        : vscode.l10n.t('Corrected by {0}', annotator);
    case 'added':
      return annotator === undefined
        ? vscode.l10n.t('Added')
        : vscode.l10n.t('Added by {0}', annotator);
    case 'rejected':
      return annotator === undefined
        ? vscode.l10n.t('Rejected')
        : vscode.l10n.t('Rejected by {0}', annotator);
  }
}

function appendCommands(
  markdown: vscode.MarkdownString,
  { entity, sameMentions }: HoverFacts,
  actions: HoverActions,
): void {
  markdown.appendMarkdown('\n\n');
  if (!isHuman(entity)) {
    markdown.appendMarkdown('$(check) ');
    appendLink(markdown, vscode.l10n.t('Accept'), actions.accept);
    markdown.appendMarkdown(' · ');
  }
  markdown.appendMarkdown('$(close) ');
  appendLink(markdown, vscode.l10n.t('Reject'), actions.reject);
  markdown.appendMarkdown(' · $(edit) ');
  appendLink(markdown, vscode.l10n.t('Change Type…'), actions.pickType);
  markdown.appendMarkdown(' · $(references) ');
  appendLink(markdown, vscode.l10n.t('Show All Mentions'), actions.showAll);
  if (sameMentions < 2) return;
  markdown.appendMarkdown('\n\n');
  appendPlain(markdown, vscode.l10n.t('All {0} same mentions:', sameMentions));
  markdown.appendMarkdown(' ');
  appendLink(markdown, vscode.l10n.t('Accept'), actions.acceptAll);
  markdown.appendMarkdown(' · ');
  appendLink(markdown, vscode.l10n.t('Reject'), actions.rejectAll);
  markdown.appendMarkdown(' · ');
  appendLink(markdown, vscode.l10n.t('Change Type…'), actions.pickTypeOfAll);
}

function appendLink(
  markdown: vscode.MarkdownString,
  label: string,
  address: string,
  title?: string,
): void {
  markdown.appendMarkdown('[');
  appendPlain(markdown, label);
  markdown.appendMarkdown(title === undefined ? `](${address})` : `](${address} "`);
  if (title !== undefined) appendPlain(markdown, title.replaceAll('"', '”')).appendMarkdown('")');
}
