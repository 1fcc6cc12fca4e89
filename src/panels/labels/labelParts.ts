import type { EditorParts } from '../../editor/contract';
import type { OpenSessions } from '../../editor/documents/sessions';
import type { EngineInForce } from '../../editor/engine/engineInForce';
import type { Extractor } from '../../editor/extraction/extractor';
import type { Relabelling } from '../../editor/extraction/relabelling';
import type { Failures } from '../../editor/failures';
import type { LabelsInForce } from '../../editor/labels/labelsInForce';
import type { Settings } from '../../editor/settings';
import type { ShownView } from '../../editor/view/viewState';

/** What the label editor is made of. */
export interface LabelParts {
  readonly parts: EditorParts;
  readonly sessions: OpenSessions;
  readonly extractor: Extractor;
  readonly relabelling: Relabelling;
  readonly engine: EngineInForce;
  readonly labels: LabelsInForce;
  readonly view: ShownView;
  readonly settings: Settings;
  readonly failures: Failures;
}
