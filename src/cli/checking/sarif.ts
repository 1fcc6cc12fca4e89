import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Place } from '../../core/checks/finding';
import { rules } from '../../core/checks/rules';
import { phraseText } from '../../core/messages/phrase';
import { describeProblem } from '../../core/problem';
import { contentId } from '../../core/labels/contentId';
import type { FindingsReport } from './reports';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json';

/**
 * A log of SARIF 2.1.0 with one run. Files are named relative to the folder where they lie in it, so
 * that services which show findings find them in a checkout.
 */
export function sarifReport(version: string, folder: string): FindingsReport {
  const driver = {
    name: 'DynamicNER',
    semanticVersion: version,
    rules: rules.map(({ id, severity, title }) => ({
      id,
      shortDescription: { text: phraseText(title) },
      defaultConfiguration: { level: severity },
    })),
  };
  const root = pathToFileURL(`${folder}${path.sep}`).href;
  const head = JSON.stringify({ $schema: schema, version: '2.1.0', runs: [] }).slice(0, -2);
  const run = JSON.stringify({
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { ROOT: { uri: root } },
    results: [],
  }).slice(0, -2);
  const location = (file: string, { line, index, region }: Place) => ({
    physicalLocation: {
      artifactLocation: uriOf(file, folder),
      region: region ?? { startLine: line },
    },
    logicalLocations: [{ name: String(index + 1), kind: 'element' }],
  });
  return {
    head: head + run,
    one({ file, finding }, number) {
      const { rule, severity, related = [] } = finding;
      const text = phraseText(describeProblem(finding));
      const result = {
        ruleId: rule,
        ruleIndex: rules.findIndex(({ id }) => id === rule),
        level: severity,
        message: { text },
        locations: [location(file, finding)],
        ...(related.length === 0
          ? {}
          : { relatedLocations: related.map((place) => location(file, place)) }),
        partialFingerprints: { 'ruleAndMessage/v1': contentId(`${rule}\n${text}`) },
      };
      return `${number === 0 ? '\n' : ',\n'}${JSON.stringify(result)}`;
    },
    end: '\n]}]}\n',
  };
}

function uriOf(file: string, folder: string) {
  const absolute = path.resolve(folder, file);
  const relative = path.relative(folder, absolute);
  if (relative.startsWith('..') || path.isAbsolute(relative)) {
    return { uri: pathToFileURL(absolute).href };
  }
  const uri = relative.split(path.sep).map(encodeURIComponent).join('/');
  return { uri, uriBaseId: 'ROOT' };
}
