import { PageAlone } from './datasetPage';
import { FakeDataset, fakePassage, fakeSpan } from './datasetFake';
const sp = fakeSpan;
const texts = [
  fakePassage(0, 'The University of New York Library in New York City was visited by Ada Lovelace and Charles Babbage, who had come from London, Paris and Berlin by way of the Orient Express.', [sp('a',4,34,['organization','company']), sp('b',4,26,['organization','company']), sp('c',18,26,['location','city']), {...sp('d',38,51,['location','city']), state:'accepted', annotator:'ada'}, sp('e',67,79,['person','scholar']), {...sp('f',84,99,['person','scholar']),state:'rejected'}, sp('g',119,125,['location','city']), sp('h',127,132,['location','city']),sp('i',137,143,['location','city'])]),
  fakePassage(1, 'ولد الملك عبد الله في مدينة الرياض عام 1924 وزار London مرتين.', [sp('a',4,18,['person','artist']), sp('b',28,34,['location','city']), sp('c',49,55,['location','city'])]),
  fakePassage(2, '1964年の東京オリンピックは日本で開かれ、安倍晋三は見た。', [sp('a',6,15,['organization','company']), sp('b',6,8,['location','city']), sp('c',16,18,['location','country'])]),
  fakePassage(3, 'Cafe\u0301 Mu\u0308nchen 👩‍👩‍👧 with e\u0301le\u0300ve', [sp('a',0,13,['organization','company']), sp('b',6,13,['location','city'])]),
  fakePassage(4, 'Crossing New York Times Square overlap', [sp('a',9,23,['organization','company']), sp('b',18,30,['location','city'])]),
];
const data = new FakeDataset(100000, (id) => id < texts.length ? texts[id]! : fakePassage(id, `Passage ${id}: ` + 'Ada Lovelace wrote to Charles Babbage in London. '.repeat(1 + (id * 7) % 9), [sp(`p${id}`, 11 + String(id).length - 1, 23 + String(id).length - 1, ['person','scholar'])]));
(async () => {
const alone = await PageAlone.open(data.answers);
data.onUpdate = (position, passage) => alone.ask().request('update', { count: data.count, passages: [{position, passage}] });
const { page } = alone;
page.on('pageerror', e => console.log('PAGEERROR', e.message)); page.on('console', m => console.log('CONSOLE', m.text()));
await alone.run('nextSpan'); await alone.run('nextSpan'); 
await page.waitForTimeout(300);
await page.screenshot({ path: '/tmp/ds1.png' });
await alone.run('chooseType'); await page.waitForTimeout(300);
await page.screenshot({ path: '/tmp/ds2.png' });
await page.keyboard.type('cit'); await page.waitForTimeout(100);
await page.screenshot({ path: '/tmp/ds3.png' });
await page.keyboard.press('Enter'); await page.waitForTimeout(200);
console.log(JSON.stringify(data.edits));
await alone.run('lastPassage'); await page.waitForTimeout(500);
await page.screenshot({ path: '/tmp/ds4.png' });
const t0 = Date.now();
const r = await page.evaluate(async () => { const l = document.querySelector('.list')!; const out=[]; const times:number[]=[]; l.scrollTop = 3000000; await new Promise(r=>setTimeout(r,300)); for (let i=0;i<60;i++){ const t=performance.now(); l.scrollTop += 40; await new Promise(requestAnimationFrame); times.push(performance.now()-t);} return {h:l.scrollHeight, top:l.scrollTop, n: l.querySelectorAll('.passage').length, max: Math.max(...times), avg: times.reduce((a,b)=>a+b)/times.length}; });
console.log(r, Date.now()-t0, data.passages);
await page.waitForTimeout(300);
await page.screenshot({ path: '/tmp/ds5.png' });
await alone.close();
})();
