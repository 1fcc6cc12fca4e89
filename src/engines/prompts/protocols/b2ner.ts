import { askForPairs } from '../askForPairs';
import type { ProtocolQuestion, PromptProtocol } from '../promptProtocol';
import { readPairs } from '../readPairs';
import { isDescribed } from '../turns';

const system = { text: '', needs: [] } as const;
const holes = { needs: ['labels', 'text'] } as const;
const described = { needs: ['labels', 'descriptions', 'text'] } as const;

/**
 * B2NER: the label set and the text in one question, `label: entity; label: entity` in the answer;
 * in Chinese for Chinese text. Wording and answer are those that its models were trained on.
 */
export const b2ner: PromptProtocol<'system' | 'en' | 'zh' | 'en-described' | 'zh-described'> = {
  name: 'b2ner',
  templates: {
    protocol: 'b2ner',
    templates: {
      system,
      en: {
        text: 'Given the label set of entities, please recognize all the entities in the text. The answer format should be "entity label: entity; entity label: entity". \nLabel Set: {labels}\n\nText: {text} \nAnswer:',
        ...holes,
      },
      zh: {
        text: '给定实体的标签范围，请识别文本中属于这些标签的所有实体。答案格式为 "实体标签: 实体; 实体标签: 实体"。\n标签范围: {labels}\n\n文本: {text} \n答案:',
        ...holes,
      },
      'en-described': {
        text: 'Given the label set of entities and their descriptions, please recognize all the entities in the text. The answer format should be "entity label: entity; entity label: entity". \nLabel Set: {labels}\nLabel Description:\n{descriptions}\n\nText: {text} \nAnswer:',
        ...described,
      },
      'zh-described': {
        text: '给定实体的标签范围以及对每个标签的描述，请识别文本中属于这些标签的所有实体。答案格式为 "实体标签: 实体; 实体标签: 实体"。\n标签范围: {labels}\n标签描述:\n{descriptions}\n\n文本: {text} \n答案:',
        ...described,
      },
    },
  },
  labelsPerQuestion: 60,
  occurrences: 'next',
  describes: false,

  ask(question, templates) {
    const language = isChinese(question) ? 'zh' : 'en';
    const template =
      templates[isDescribed(question) ? (`${language}-described` as const) : language];
    return askForPairs(question, template, templates.system({}));
  },

  read: readPairs,
};

/** Whether the text is Chinese: as the question says, else by its script. */
function isChinese({ sentence, lang }: ProtocolQuestion): boolean {
  if (lang !== undefined) return /^zh\b/iu.test(lang);
  return /\p{Script=Han}/u.test(sentence) && !/[\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u.test(sentence);
}
