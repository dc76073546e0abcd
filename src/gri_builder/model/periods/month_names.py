"""Names of months in the languages that are tried for each table, as Babel has them.

Babel takes far longer to read its files of all these languages than a report takes to read; a test compares both.
"""

from __future__ import annotations

from collections.abc import Mapping

MONTH_NAMES: Mapping[str, str] = {
    "en": (
        "january jan, february feb, march mar, april apr, may, june jun, july jul, august aug, sept september "
        "sep, october oct, november nov, december dec"
    ),
    "de": (
        "januar jan, februar feb, märz mär, april apr, mai, juni jun, juli jul, august aug, september sept "
        "sep, oktober okt, november nov, dezember dez"
    ),
    "fr": (
        "janvier janv, février févr, mars, avril avr, mai, juin, juillet juil, août, septembre sept, octobre "
        "oct, novembre nov, décembre déc"
    ),
    "es": (
        "enero ene, febrero feb, marzo mar, abril abr, mayo may, junio jun, julio jul, agosto ago, septiembre "
        "sept, octubre oct, noviembre nov, diciembre dic"
    ),
    "it": (
        "gennaio gen, febbraio feb, marzo mar, aprile apr, maggio mag, giugno giu, luglio lug, agosto ago, "
        "settembre set, ottobre ott, novembre nov, dicembre dic"
    ),
    "pt": (
        "janeiro jan, fevereiro fev, março mar, abril abr, maio mai, junho jun, julho jul, agosto ago, "
        "setembro set, outubro out, novembro nov, dezembro dez"
    ),
    "nl": (
        "januari jan, februari feb, maart mrt, april apr, mei, juni jun, juli jul, augustus aug, september "
        "sep, oktober okt, november nov, december dec"
    ),
    "sv": (
        "januari jan, februari feb, mars, april apr, maj, juni, juli, augusti aug, september sep, oktober "
        "okt, november nov, december dec"
    ),
    "da": (
        "januar jan, februar feb, marts mar, april apr, maj, juni jun, juli jul, august aug, september sep, "
        "oktober okt, november nov, december dec"
    ),
    "nb": (
        "januar jan, februar feb, mars mar, april apr, mai, juni jun, juli jul, august aug, september sep, "
        "oktober okt, november nov, desember des"
    ),
    "fi": (
        "tammikuuta tammi tammikuu, helmikuuta helmi helmikuu, maaliskuuta maalis maaliskuu, huhtikuuta huhti "
        "huhtikuu, toukokuuta touko toukokuu, kesäkuuta kesä kesäkuu, heinäkuuta heinä heinäkuu, elokuuta elo "
        "elokuu, syyskuuta syys syyskuu, lokakuuta loka lokakuu, marraskuuta marras marraskuu, joulukuuta "
        "joulu joulukuu"
    ),
    "pl": (
        "stycznia sty styczeń, lutego lut luty, marca mar marzec, kwietnia kwi kwiecień, maja maj, czerwca "
        "cze czerwiec, lipca lip lipiec, sierpnia sie sierpień, września wrz wrzesień, października paź "
        "październik, listopada lis listopad, grudnia gru grudzień"
    ),
    "cs": (
        "ledna led leden, února úno únor, března bře březen, dubna dub duben, května kvě květen, června čvn "
        "červen, července čvc červenec, srpna srp srpen, září zář, října říj říjen, listopadu lis listopad, "
        "prosince pro prosinec"
    ),
    "sk": (
        "januára jan január, februára feb február, marca mar marec, apríla apr apríl, mája máj, júna jún, "
        "júla júl, augusta aug august, septembra sep september, októbra okt október, novembra nov november, "
        "decembra dec december"
    ),
    "hu": (
        "január jan, február febr, március márc, április ápr, május máj, június jún, július júl, augusztus "
        "aug, szeptember szept, október okt, november nov, december dec"
    ),
    "ro": (
        "ianuarie ian, februarie feb, martie mar, aprilie apr, mai, iunie iun, iulie iul, august aug, "
        "septembrie sept, octombrie oct, noiembrie nov, decembrie dec"
    ),
    "tr": (
        "ocak oca, şubat şub, mart mar, nisan nis, mayıs may, haziran haz, temmuz tem, ağustos ağu, eylül "
        "eyl, ekim eki, kasım kas, aralık ara"
    ),
    "hr": (
        "siječnja sij siječanj, veljače velj veljača, ožujka ožu ožujak, travnja tra travanj, svibnja svi "
        "svibanj, lipnja lip lipanj, srpnja srp srpanj, kolovoza kol kolovoz, rujna ruj rujan, listopada lis "
        "listopad, studenoga stu studeni, prosinca pro prosinac"
    ),
}
"""Names of each month from January on, in lower case, by the code of their language."""
