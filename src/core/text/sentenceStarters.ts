const starters = new Set(
  `A An The This That These Those It He She They We You I In On At But And Or However When While
  After Before If As For From With Its His Her Their Our My Your There Here What Who Whom Why How
  Where Which Some Many Most Both Each All One Two Three Not No Yes So Then Thus Since Although
  Though Because During Under By To Also Now Today Yesterday Tomorrow Meanwhile Moreover
  Furthermore Additionally Finally Instead Still Only Even Such Another Other Others Yet Once Until
  Unless Later Earlier Recently Nobody Everyone Everybody Nothing Is Are Was Were Do Does Did Can
  Could Would Should Will May Please Let Despite According Several Few
  Der Die Das Ein Eine Einer Eines Er Sie Es Wir Ihr Ich Im Am An Auf Aber Und Oder Auch Als Nach
  Vor Bei Beim Mit Für Von Vom Zu Zum Zur Dies Diese Dieser Dieses Doch Dann Danach Da Damit Dabei
  Dort Hier Heute Gestern Seit Seine Sein Ihre Während Wenn Weil Wie Was Wer Wo Man Nur Noch Nun
  Jedoch Seitdem Später Außerdem Daher Deshalb Trotzdem Zuvor Zudem Unter Über Bis Durch Gegen Den
  Dem Des Alle Viele Einige Beide Mein Meine Unsere Kein Keine Nicht
  Le La Les L Un Une Des Il Elle Ils Elles On Ce Cette Ces Cet C Nous Vous Je J Dans En Au Aux À Mais
  Et Ou Où Pour Par Avec Sur Depuis Après Avant Pendant Selon Son Sa Ses Leur Leurs Cependant Ainsi
  Puis Lors Quand Si Comme Plus Tous Toutes Aujourd Hier Enfin Toutefois Sans Entre Chez
  El Los Las Una Unos Unas Por Para Pero Y Con Sin Según Desde Su Sus Este Esta Esto Estos Estas Ese
  Esa Eso Él Ella Ellos Ellas Se Al Del Cuando No Más También Hoy Ayer Además Tras Durante Hasta
  Aunque Así Ahora Allí Aquí Luego Entonces Todo Todos Muchos Porque Lo Mi Nos Es Fue Ha Hay
  В На С По И А Но Он Она Они Оно Мы Вы Ты Я Это Этот Эта Эти Из За К О Об От До После Когда Если Как
  Так Также Однако Его Её Ее Их При Для Во Со Там Тут Здесь Что Кто Где Тогда Сейчас Сегодня Вчера
  Завтра Поэтому Кроме Уже Все Всё Не У Под Над Через Между Во Наш Мой Есть Был Была Было Были Затем
  Потом Теперь Чтобы Хотя Более Многие Некоторые Впрочем`
    .trim()
    .split(/\s+/),
);

// First words of sentences that stand in names after an initial as well: "J. Le Goff".
const nameParticles = new Set(
  'Le La Les L Los Las El Des Del Al An So Im Di Da May Will Do'.split(' '),
);

/** Whether a capitalised word is a typical first word of a sentence in our spaced languages. */
export function startsSentence(word: string): boolean {
  return starters.has(word);
}

/** The same after an initial, where particles of names do not count. */
export function startsSentenceAfterInitial(word: string): boolean {
  return starters.has(word) && !nameParticles.has(word);
}

const ordinalNouns = new Set(
  `Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember
  Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez Jahrhundert Jahrhunderts Jahrtausend Jh Jhd
  Weltkrieg Weltkriegs Weltkrieges Bezirk Bezirks Platz Auflage Mal Bundesliga Liga Klasse Etage
  Stock Obergeschoss Kapitel Tag Tages Tagen Woche Monat Jahr Jahrestag Geburtstag Todestag
  Sinfonie Symphonie Akt Band Buch Teil Runde Spieltag Minute Stunde Legislaturperiode Sitzung
  Wahlperiode Verordnung Internationale Internationaler Deutsche Deutscher Arrondissement Dynastie
  Division Armee Regiment Bataillon Rang Grades Grad Semester Quartal Halbjahr Hälfte Generation`
    .trim()
    .split(/\s+/),
);

const ordinalLeads = new Set(
  `am der die das dem den des vom zum zur im beim bis ab seit und oder jeder jede jedes ihr ihre
  ihrem ihren seinem seinen seine sein sein mein meinem erster zweiter`
    .trim()
    .split(/\s+/),
);

/** Whether a German noun is counted by an ordinal before it: "3. Oktober", "19. Jahrhundert". */
export function takesOrdinal(noun: string): boolean {
  return ordinalNouns.has(noun);
}

/** Whether a German word comes before an ordinal: "am 3.", "der 5.". */
export function leadsToOrdinal(word: string): boolean {
  return ordinalLeads.has(word.toLowerCase());
}
