import types from '../../../media/taxonomies/dynamicner.json';
import { LabelList } from './labelList';
import { Taxonomy } from './taxonomy';
import { typesOfTree } from './typeTree';

/** DynamicNER's taxonomy: 8 coarse, 31 medium, 155 fine types, lower case as in its data sets. */
export const dynamicNerTaxonomy: Taxonomy = new Taxonomy(typesOfTree(types));

/** The label list in force when the user names none. */
export const dynamicNerLabels: LabelList = LabelList.fromTaxonomy(dynamicNerTaxonomy);
