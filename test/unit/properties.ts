import * as fc from 'fast-check';
import { runs } from './scale';

// Properties that say nothing of their number of runs follow the scale too.
fc.configureGlobal(runs(100));
