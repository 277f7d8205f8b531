"""Given names that are the same name: short forms, and one name in several languages.

Names in one line stand for each other. Facts of naming, written down from general knowledge; not complete.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

SAME: Final = """
aleksandr alexander aleksander oleksandr aliaksandr alexandr alejandro alessandro alexandre sasha sascha alex alec aleks
aleksey alexei alexey oleksii oleksiy alexis alyaksey alyosha
andrey andrei andriy andrii andrew andreas andre andrea andres andrzej andrej andy
anthony antonio anton antoine antony tony
barack barry
benjamin ben benny benyamin binyamin
charles charlie carlos karl carl chuck carlo
christopher chris christoph cristobal kristof
daniel dan danny danylo daniil danilo
david dave davyd dawid davide dawood daud daoud
dmitry dmitri dmitriy dmytro dima dzmitry dimitri dmitrii
donald don donny
edward eduard ed eddie edvard edouard eduardo ted
elizabeth liz beth elisabeth elizaveta yelizaveta lisa
eugene yevgeny evgeny yevhen evgeniy yevgeni yauhen evgenii
francis francisco francesco frank francois franz
frederick fred freddy frederic
gennady hennadiy gennadiy henadz hennadii
george georgy georgiy heorhiy georges jorge giorgio georgios yuri yury yuriy yurii jerzy juri
gregory grigory hryhoriy grigoriy hryhorii greg ryhor
henry heinrich henri enrique hendrik harry
igor ihor ihar
ilya illia ilia
isaac yitzhak ishaq
james jim jimmy jaime jacob yakov jakob yaakov
jean john juan giovanni johannes johann ivan jan joao ian hans jon yahya
jeffrey jeff geoffrey
jose joseph giuseppe josef yosef yusuf yousef iosif joe osyp youssef yousif josip
katherine catherine kate katie ekaterina kateryna yekaterina katarina caterina
konstantin kostiantyn constantine kanstantsin kostya
lawrence larry laurent lorenzo
louis luis luigi ludwig
lev leo leon
margaret maggie margarita peggy
maria mary marie mariya mariia maryam miriam
mark marc marcus marco markus
mathew matthew matt matthias mateo matteo matvey
maxim maksim maksym max
michael mike mikhail mykhailo michel miguel michele mikael misha mick mihail michal mykhaylo mikhaylo
mohammed muhammad mohamed mohammad muhammed mohamad mehmet mahomed mohd md muhamad
mykola nikolai nikolay nicholas nicolas nick nikola nicola nikolaos mikola niklas kolya
natalia natalya nataliia nathalie natasha
oleg oleh aleh
olga olha volha
pavel pavlo paul paolo pablo paulo pawel
peter petro pyotr petr pedro pierre pietro piotr pete
philip felipe philippe filipp filip phil
rafael raphael rafal
richard rick dick ricardo riccardo
robert bob bobby rob roberto
roman raman
samuel sam shmuel
sergey sergei serhiy serhii sergiy siarhei serge sergio sergej
stanislav stas stanislaw
stephen steven steve stefan stephan esteban stepan etienne
svetlana svitlana sviatlana
thomas tom tommy tomas tommaso foma
theodore ted theo fyodor fedor fedir teodor
timothy tim timofey tymofiy
tatiana tetiana tatyana tanya
valery valeriy valerii valeri
vasily vasyl vasiliy basil vasili vasilii
victor viktor viktar vittorio
vladimir volodymyr uladzimir vladimer vova volodya wladimir
vladislav vladyslav uladzislau
vyacheslav viacheslav viachaslau slava
walter wally
wilhelm william bill will guillermo guillaume willem billy
yaroslav jaroslav
yulia julia iuliia yuliya
yuriy yury yuri iurii jury
zinoviy zinovy
osama usama
qasim kassem qassem kasim
hussein husayn hossein husain hussain
abdullah abdallah abdulla
ahmed ahmad ahmet
ali aly
omar umar omer
hassan hasan hasson
ibrahim abraham
ismail ishmael esmail
"""


def _groups() -> Mapping[str, frozenset[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(SAME.strip().splitlines()):
        for name in line.split():
            found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


GROUPS: Final[Mapping[str, frozenset[int]]] = _groups()
"""Given name -> the lines in which it stands."""


def same(one: str, other: str) -> bool:
    """Whether two given names stand for each other."""
    nothing = frozenset[int]()
    return bool(GROUPS.get(one, nothing) & GROUPS.get(other, nothing))
