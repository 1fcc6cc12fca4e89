import * as vscode from 'vscode';
import { promptProtocolNames, type EngineSettings } from '../../engines/settings';
import { choiceOf, type EngineChoice } from './chosenEngine';
import { protocolTitles } from './engineTitle';

export interface ChoiceItem extends vscode.QuickPickItem {
  /** `parts` asks for the extractor and the classifier apart. */
  readonly choice?: EngineChoice | 'parts';
}

/** All engines, the one in force marked. */
export function choiceItems(inForce: EngineSettings): ChoiceItem[] {
  const { t } = vscode.l10n;
  const now = choiceOf(inForce);
  const item = (choice: EngineChoice, label: string, detail: string): ChoiceItem => ({
    label,
    detail,
    choice,
    ...(choice === now ? { description: t('in use') } : {}),
  });
  const separator = (label: string): ChoiceItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  return [
    item('encoder', t('Encoder'), t('Offline and fast; text stays on this machine.')),
    separator(t('In two steps')),
    item(
      'cascade',
      t('Cascade'),
      t('A language model finds the spans and types them, level by level.'),
    ),
    item(
      'encoderEndpoint',
      t('Encoder finds, language model types'),
      t('One question for each entity and level.'),
    ),
    item(
      'endpointEncoder',
      t('Language model finds, encoder types'),
      t('A question for each sentence; types cost nothing.'),
    ),
    item(
      'verify',
      t('Encoder proposes, language model verifies'),
      t('Only what the encoder is uncertain about is asked: the fewest requests.'),
    ),
    {
      label: t('Choose Extractor and Classifier…'),
      detail: t('Each the encoder or a language model of its own.'),
      choice: 'parts',
    },
    separator(t('In one step')),
    ...promptProtocolNames.map((name) => item(name, protocolTitles[name], describeProtocol(name))),
  ];
}

function describeProtocol(name: (typeof promptProtocolNames)[number]): string {
  const { t } = vscode.l10n;
  switch (name) {
    case 'b2ner':
      return t('Up to 60 types in one question; for models fine-tuned on B2NERD.');
    case 'universalner':
      return t('A question for each type; for models such as UniNER.');
    case 'gptner':
      return t('A question for each type, entities marked in the text, then each is verified.');
    case 'promptner':
      return t('Definitions of types in the question, candidates with reasons in the answer.');
    case 'instructuie':
      return t('An instruction with options; for models fine-tuned that way.');
    case 'json':
      return t('Structured output by a JSON schema; for models that keep to one.');
  }
}
