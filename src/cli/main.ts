import { runProcess } from './runProcess';

void runProcess(__dirname);
