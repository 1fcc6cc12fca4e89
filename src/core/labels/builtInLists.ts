import b2nerd from '../../../media/taxonomies/builtIn/b2nerd.taxonomy.json';
import conll2003 from '../../../media/taxonomies/builtIn/conll-2003.taxonomy.json';
import fewNerd from '../../../media/taxonomies/builtIn/few-nerd.taxonomy.json';
import ontonotes from '../../../media/taxonomies/builtIn/ontonotes.taxonomy.json';
import pii from '../../../media/taxonomies/builtIn/pii.taxonomy.json';
import { definitionOf } from './definitions';
import { dynamicNerLabels } from './dynamicner';
import type { LabelList } from './labelList';
import { foldName } from './names';
import type { TaxonomyData } from './taxonomyFile/editTaxonomyFile';
import { typesOfList } from './taxonomyFile/labelListOf';
import { readTaxonomyFile } from './taxonomyFile/readTaxonomyFile';
import type { TypeData } from './taxonomyFile/taxonomyFile';

/** A label list that comes with the product. */
export interface BuiltInList {
  /** How settings and front matter name it. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  readonly list: LabelList;
}

/** The lists that come with the product, DynamicNER's first. */
export const builtInLists: readonly BuiltInList[] = [
  { id: 'dynamicner', title: 'DynamicNER', list: dynamicNerLabels },
  builtIn('few-nerd', fewNerd),
  builtIn('conll-2003', conll2003),
  builtIn('ontonotes', ontonotes),
  builtIn('b2nerd', b2nerd),
  builtIn('pii', pii),
];

/** The built-in list of an id or title, whatever its case. */
export function findBuiltInList(name: string): BuiltInList | undefined {
  const wanted = foldName(name);
  return builtInLists.find(({ id, title }) => wanted === id || wanted === foldName(title));
}

/** A built-in list with everything known of its types, as a taxonomy file of one's own begins. */
export function dataOfBuiltIn({ title, list }: BuiltInList): TaxonomyData & { name: string } {
  const describe = (type: TypeData, above: readonly string[]): TypeData => {
    const path = [...above, type.name];
    const { children = [], ...own } = type;
    const known = list === dynamicNerLabels ? definitionOf(path) : undefined;
    return {
      ...own,
      ...known,
      ...(children.length === 0
        ? {}
        : { children: children.map((child) => describe(child, path)) }),
    };
  };
  return {
    name: title,
    levels: list.taxonomy.levelNames,
    types: typesOfList(list).map((type) => describe(type, [])),
  };
}

function builtIn(id: string, file: { readonly name: string }): BuiltInList {
  let list: LabelList | undefined;
  return {
    id,
    title: file.name,
    // Read when it is first asked for: most users never need one.
    get list() {
      list ??= readTaxonomyFile(JSON.stringify(file)).list;
      return list;
    },
  };
}
