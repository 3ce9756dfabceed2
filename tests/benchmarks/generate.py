"""Invented bilingual articles, any number of them, the same ones for the same seed.

    python -m tests.benchmarks.generate FOLDER [--documents N] [--seed N]

Each has front matter, a Chinese half and an English half that say the same with the same numbers, links, a list.
Every fourth story is told by several sources within a week; of a hundred files some are copies, some nearly so, and
some are odd: broken or no front matter, GB18030, Windows line ends. Nobody in them exists.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

SOURCES = ("harbour", "jade", "lumen", "meridian", "northline", "atlas")
FIRST_DAY = date(2019, 1, 1)
DAYS = 2_000
TOLD_BY = 3


class Said(NamedTuple):
    """One thing in both languages."""

    english: str
    chinese: str


PLACES = [
    Said(*pair.split("|"))
    for pair in (
        "Lisbon|里斯本,Oslo|奥斯陆,Nairobi|内罗毕,Osaka|大阪,Valparaíso|瓦尔帕莱索,Tallinn|塔林,Hanoi|河内,Accra|阿克拉,Quito|基多,"
        "Gdańsk|格但斯克,Tampere|坦佩雷,Porto|波尔图,Chengdu|成都,Busan|釜山,Mombasa|蒙巴萨,Riga|里加,Cork|科克,Bergen|卑尔根,Dakar|达喀尔,"
        "Medellín|麦德林,Leipzig|莱比锡,Turin|都灵,Ghent|根特,Malmö|马尔默"
    ).split(",")
]
PEOPLE = [
    Said(f"{first.english} {last.english}", f"{first.chinese}·{last.chinese}")
    for first in (
        Said("Ilse", "伊尔丝"),
        Said("Tomas", "托马斯"),
        Said("Amara", "阿玛拉"),
        Said("Yoko", "洋子"),
        Said("Pavel", "帕维尔"),
    )
    for last in (
        Said("Brandvik", "布兰德维克"),
        Said("Okonjo", "奥孔乔"),
        Said("Lindqvist", "林德奎斯特"),
        Said("Marrero", "马雷罗"),
        Said("Sandell", "桑德尔"),
        Said("Vesely", "韦塞利"),
    )
]
BODIES = [
    Said("Harbour Council", "港务委员会"),
    Said("Night Train Union", "夜车联盟"),
    Said("Tidal Power Board", "潮汐电力局"),
    Said("Museum of Salt", "盐业博物馆"),
    Said("Grain Exchange", "粮食交易所"),
    Said("River Institute", "河流研究所"),
    Said("Weather Cooperative", "气象合作社"),
    Said("Library League", "图书馆联盟"),
]
TOPICS = [
    (Said("energy", "能源"), Said("tidal plant", "潮汐电站"), Said("electricity", "电力")),
    (Said("railways", "铁路"), Said("night train", "夜间列车"), Said("passengers", "乘客")),
    (Said("culture", "文化"), Said("travelling exhibition", "巡回展览"), Said("visitors", "参观者")),
    (Said("science", "科学"), Said("balloon campaign", "气球观测"), Said("measurements", "测量数据")),
    (Said("trade", "贸易"), Said("container terminal", "集装箱码头"), Said("cargo", "货物")),
    (Said("climate", "气候"), Said("flood barrier", "防洪闸"), Said("households", "住户")),
    (Said("education", "教育"), Said("language school", "语言学校"), Said("pupils", "学生")),
    (Said("health", "健康"), Said("vaccine store", "疫苗冷库"), Said("doses", "剂疫苗")),
]
THINGS = [
    Said(*pair.split("|"))
    for pair in """
    anchor|船锚 apple|苹果 archive|档案 avenue|大道 balcony|阳台 barrel|木桶 basket|篮子 beacon|灯标 bell|铃铛 bench|长凳 bicycle|自行车
    blanket|毯子 boiler|锅炉 bottle|瓶子 bridge|桥梁 brush|刷子 bucket|水桶 cabin|小屋 cable|电缆 camera|相机 canal|运河 candle|蜡烛 carpet|地毯
    cellar|地窖 chimney|烟囱 clock|时钟 coal|煤炭 compass|罗盘 copper|铜 cottage|农舍 cotton|棉花 crane|起重机 crystal|水晶 curtain|窗帘 dam|水坝
    diary|日记 drum|鼓 engine|发动机 envelope|信封 fabric|布料 factory|工厂 feather|羽毛 fence|栅栏 fiddle|提琴 flute|长笛 forest|森林 fountain|喷泉
    furnace|熔炉 garden|花园 garlic|大蒜 glacier|冰川 glove|手套 granite|花岗岩 gravel|砾石 hammer|锤子 hedge|树篱 helmet|头盔 honey|蜂蜜 hotel|酒店
    icebreaker|破冰船 inkwell|墨水瓶 ivory|象牙 jacket|夹克 jetty|栈桥 kettle|水壶 kiln|窑炉 ladder|梯子 lantern|灯笼 lemon|柠檬 lighthouse|灯塔
    linen|亚麻布 lock|船闸 loom|织布机 magnet|磁铁 marble|大理石 meadow|草地 mirror|镜子 mosaic|马赛克 needle|针 oak|橡树 oar|船桨 olive|橄榄 orchard|果园
    oven|烤炉 paddle|桨叶 parcel|包裹 pebble|卵石 pepper|胡椒 piano|钢琴 pigeon|鸽子 pillar|柱子 pipe|管道 plough|犁 pond|池塘 pottery|陶器 quarry|采石场
    quilt|被子 radio|收音机 raft|木筏 reef|礁石 ribbon|丝带 saddle|马鞍 sail|船帆 salmon|鲑鱼 scarf|围巾 seaweed|海藻 shovel|铁锹 silk|丝绸 slate|石板
    sledge|雪橇 spice|香料 stable|马厩 stamp|邮票 statue|雕像 steam|蒸汽 sugar|糖 tea|茶叶 telescope|望远镜 tent|帐篷 timber|木材 tower|塔楼 tractor|拖拉机
    trumpet|小号 tunnel|隧道 turbine|涡轮机 umbrella|雨伞 valley|山谷 vase|花瓶 velvet|天鹅绒 vineyard|葡萄园 violin|小提琴 wagon|货车 walnut|核桃
    waterfall|瀑布 wheat|小麦 wheel|车轮 whistle|哨子 willow|柳树 windmill|风车 wool|羊毛 yacht|游艇 yarn|纱线 zinc|锌
    """.split()
]
SENTENCES = [
    Said(
        "The {thing} in {place} will serve {count} {unit} from {year}, said {person} of the {body}.",
        "{body}的{person}表示，{place}的{thing}将从{year}年起服务{count}{unit}。",
    ),
    Said(
        "Costs rose by {percent}% to {million} million euros, which {body} calls acceptable.",
        "费用上涨{percent}%，达到{million}00万欧元，{body}认为可以接受。",
    ),
    Said(
        "{person} had asked for a second opinion; engineers from {other} found no fault.",
        "{person}曾要求第二份意见；来自{other}的工程师没有发现问题。",
    ),
    Said(
        "Residents of {place} remain divided: some fear noise, others hope for work.",
        "{place}的居民意见不一：有人担心噪音，也有人盼望就业。",
    ),
    Said(
        "A similar {thing} opened near {other} in {year} and paid for itself within {few} years.",
        "{year}年，{other}附近启用了类似的{thing}，并在{few}年内收回成本。",
    ),
    Said(
        "The {body} wants to publish its figures every month, so that everyone can check them.",
        "{body}希望每月公布数据，让所有人都能核对。",
    ),
    Said(
        "Whether the {unit} will come in winter is an open question, and {person} does not hide it.",
        "冬季的{unit}能否到来仍是未知数，{person}对此毫不掩饰。",
    ),
    Said(
        "On the list stood {one}, {two} and {three}; nobody had asked for {four}.",
        "清单上有{one}、{two}和{three}；没有人要求{four}。",
    ),
    Said(
        "Next to the {two} and the {four}, the {one} of {place} looks small.",
        "与{two}和{four}相比，{place}的{one}显得很小。",
    ),
    Said(
        "Two rounds of talks between {place} and {other} ended without a date for the third.",
        "{place}与{other}之间的两轮会谈结束，第三轮的日期仍未确定。",
    ),
]


def article(number: int, seed: int = 1) -> tuple[str, bytes]:
    """Return path and bytes of the article `number`."""
    own = random.Random(f"{seed}/{number}")
    fate = own.random()
    # Copies and near copies are of one shortly before, in another source.
    told = number - 1 - own.randrange(20) if fate < 0.06 and number > 20 else number
    story = random.Random(f"{seed}/story/{told // TOLD_BY if told % 4 == 0 else told}/{told % 4 == 0}")
    day = FIRST_DAY + timedelta(days=story.randrange(DAYS) + own.randrange(5))
    source = SOURCES[own.randrange(len(SOURCES))]
    text = _text(told, story, random.Random(f"{seed}/{told}"), day, number)
    if 0.03 <= fate < 0.06:
        text = text.replace("figures", "numbers").replace("数据", "资料")
    path = f"{source}/{day:%Y/%m}/{day:%Y-%m-%d}-{number:07}.md"
    return path, _odd(text, own.random())


def write_articles(folder: Path, documents: int, seed: int = 1) -> None:
    """Write the articles 0 to `documents` below `folder`, with all cores."""
    parts = list(_parts(documents))
    with ProcessPoolExecutor() as pool:
        list(pool.map(_write, [folder] * len(parts), parts, [seed] * len(parts)))


def _parts(documents: int, size: int = 5_000) -> Iterator[range]:
    for start in range(0, documents, size):
        yield range(start, min(start + size, documents))


def _write(folder: Path, numbers: range, seed: int) -> None:
    made: set[Path] = set()
    for number in numbers:
        path, data = article(number, seed)
        file = folder / path
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_bytes(data)


def _text(told: int, story: random.Random, teller: random.Random, day: date, number: int) -> str:
    topic, thing, unit = story.choice(TOPICS)
    place, other = story.sample(PLACES, 2)
    person, body = story.choice(PEOPLE), story.choice(BODIES)
    figures = {
        "count": str(story.randrange(20, 900) * 100),
        "year": str(story.randrange(2020, 2032)),
        "percent": str(story.randrange(2, 60)),
        "million": str(story.randrange(2, 90)),
        "few": str(story.randrange(3, 9)),
    }
    names = {"thing": thing, "unit": unit, "place": place, "other": other, "person": person, "body": body}
    names |= dict(zip(("one", "two", "three", "four"), story.sample(THINGS, 4), strict=True))
    english = {name: said.english for name, said in names.items()} | figures
    chinese = {name: said.chinese for name, said in names.items()} | figures
    chosen = [teller.sample(SENTENCES, 5) for _ in range(3)]
    tags = f"[{topic.english}, {teller.choice(TOPICS)[0].chinese}]"
    return "\n".join(
        (
            "---",
            f'title: "{place.english}: {thing.english} divides the town, {told}"',
            f"date: {day}T{teller.randrange(24):02}:{teller.randrange(60):02}:00+00:00",
            f"tags: {tags}",
            f"author: {teller.choice(PEOPLE).english}",
            f"description: {body.english} and {place.english} on the {thing.english}",
            "---",
            f"Source: [{body.english}](https://{body.english.split()[0].lower()}.example.org/{told})",
            "",
            f"## 摘要：{place.chinese}的{thing.chinese}",
            "",
            "".join(said.chinese.format(**chinese) for said in chosen[0]),
            "",
            "".join(said.chinese.format(**chinese) for said in chosen[1]),
            "",
            *(f"- {said.chinese.format(**chinese)}" for said in chosen[2][:3]),
            "",
            f"## Summary: the {thing.english} of {place.english}",
            "",
            " ".join(said.english.format(**english) for said in chosen[0]),
            "",
            " ".join(said.english.format(**english) for said in chosen[1]),
            "",
            *(f"- {said.english.format(**english)}" for said in chosen[2][:3]),
            "",
            f"See also [[{day:%Y-%m-%d}-{max(number - 7, 0):07}]] and [background](https://example.com/{topic.english}).",
            "",
        )
    )


def _odd(text: str, chance: float) -> bytes:
    if chance < 0.004:
        return text.encode("gb18030", "ignore")
    if chance < 0.01:
        return text.replace("\n", "\r\n").encode()
    if chance < 0.013:
        return text.replace("tags: [", "tags: [[", 1).encode()
    if chance < 0.016:
        return text.partition("\n---\n")[2].encode()
    return text.encode()


def main() -> None:
    """Write the articles that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_articles(options.folder, options.documents, options.seed)


if __name__ == "__main__":
    main()
