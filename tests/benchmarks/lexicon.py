"""Words in two languages for generated articles, and names that nobody has: syllables with their Chinese spelling."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """One thing in both languages."""

    english: str
    chinese: str


def _pairs(text: str) -> tuple[Said, ...]:
    return tuple(Said(english.replace("_", " "), chinese) for english, _, chinese in map(_cut, text.split()))


def _cut(pair: str) -> tuple[str, str, str]:
    return pair.partition("|")


THINGS = _pairs("""
    anchor|船锚 apple|苹果 archive|档案 avenue|大道 balcony|阳台 barrel|木桶 basket|篮子 beacon|灯标 bell|铃铛 bench|长凳 bicycle|自行车
    blanket|毯子 boiler|锅炉 bottle|瓶子 bridge|桥梁 brush|刷子 bucket|水桶 cabin|小屋 cable|电缆 camera|相机 canal|运河 candle|蜡烛 carpet|地毯
    cellar|地窖 chimney|烟囱 clock|时钟 coal|煤炭 compass|罗盘 copper|铜矿 cottage|农舍 cotton|棉花 crane|起重机 crystal|水晶 curtain|窗帘 dam|水坝
    diary|日记 drum|鼓楼 engine|发动机 envelope|信封 fabric|布料 factory|工厂 feather|羽毛 fence|栅栏 fiddle|提琴 flute|长笛 forest|森林 fountain|喷泉
    furnace|熔炉 garden|花园 garlic|大蒜 glacier|冰川 glove|手套 granite|花岗岩 gravel|砾石 hammer|锤子 hedge|树篱 helmet|头盔 honey|蜂蜜 hotel|酒店
    icebreaker|破冰船 inkwell|墨水瓶 ivory|象牙 jacket|夹克 jetty|栈桥 kettle|水壶 kiln|窑炉 ladder|梯子 lantern|灯笼 lemon|柠檬 lighthouse|灯塔
    linen|亚麻布 lock|船闸 loom|织布机 magnet|磁铁 marble|大理石 meadow|草地 mirror|镜子 mosaic|马赛克 needle|缝针 oak|橡树 oar|船桨 olive|橄榄 orchard|果园
    oven|烤炉 paddle|桨叶 parcel|包裹 pebble|卵石 pepper|胡椒 piano|钢琴 pigeon|鸽子 pillar|柱子 pipe|管道 plough|铁犁 pond|池塘 pottery|陶器 quarry|采石场
    quilt|被子 radio|收音机 raft|木筏 reef|礁石 ribbon|丝带 saddle|马鞍 sail|船帆 salmon|鲑鱼 scarf|围巾 seaweed|海藻 shovel|铁锹 silk|丝绸 slate|石板
    sledge|雪橇 spice|香料 stable|马厩 stamp|邮票 statue|雕像 steam|蒸汽 sugar|糖厂 tea|茶叶 telescope|望远镜 tent|帐篷 timber|木材 tower|塔楼 tractor|拖拉机
    trumpet|小号 tunnel|隧道 turbine|涡轮机 umbrella|雨伞 valley|山谷 vase|花瓶 velvet|天鹅绒 vineyard|葡萄园 violin|小提琴 wagon|货车 walnut|核桃
    waterfall|瀑布 wheat|小麦 wheel|车轮 whistle|哨子 willow|柳树 windmill|风车 wool|羊毛 yacht|游艇 yarn|纱线 zinc|锌矿 ferry|渡轮 tram|有轨电车
    library|图书馆 museum|博物馆 school|学校 clinic|诊所 market|集市 harbour|港口 airport|机场 stadium|体育场 theatre|剧院 reservoir|水库 pipeline|输油管
    satellite|卫星 reactor|反应堆 vaccine|疫苗 battery|电池 pension|养老金 tariff|关税 budget|预算 census|人口普查 treaty|条约 festival|节日 strike|罢工
    harvest|收成 drought|旱灾 flood|洪水 storm|风暴 road|公路 railway|铁路 river|河流 island|岛屿 border|边界 embassy|大使馆 court|法院 bank|银行
    mine|矿山 farm|农场 brewery|啤酒厂 bakery|面包房 shipyard|船厂 warehouse|仓库 terminal|航站楼 laboratory|实验室 observatory|天文台 aquarium|水族馆
""")
QUALITIES = _pairs("""
    old|旧的 new|新的 small|小的 large|大的 empty|空的 silent|安静的 wooden|木制的 broken|损坏的 public|公共的 private|私人的 famous|著名的 forgotten|被遗忘的
    northern|北方的 southern|南方的 eastern|东部的 western|西部的 costly|昂贵的 cheap|便宜的 narrow|狭窄的 wide|宽阔的 deep|深的 high|高的 hidden|隐蔽的
    floating|漂浮的 frozen|冰冻的 painted|彩绘的 rusty|生锈的 modern|现代的 temporary|临时的 permanent|永久的 local|当地的 foreign|外国的 electric|电动的
    quiet|宁静的 crowded|拥挤的 remote|偏远的 disputed|有争议的 listed|受保护的 flooded|被淹的 restored|修复的 planned|计划中的 unfinished|未完工的
""")
DEEDS = _pairs("""
    repaired|修理了 sold|出售了 bought|购买了 closed|关闭了 opened|开放了 moved|搬走了 painted|粉刷了 measured|测量了 counted|清点了 promised|承诺了
    rejected|拒绝了 approved|批准了 financed|资助了 designed|设计了 replaced|更换了 defended|捍卫了 criticised|批评了 praised|称赞了 rented|租用了
    insured|投保了 inspected|检查了 rebuilt|重建了 abandoned|放弃了 discovered|发现了 photographed|拍摄了 exported|出口了 imported|进口了 tested|测试了
    studied|研究了 delayed|推迟了 extended|扩建了 demolished|拆除了 donated|捐赠了 borrowed|借用了 inherited|继承了 mapped|绘制了 flooded|淹没了
    connected|连接了 divided|分割了 guarded|守卫了 cleaned|清洗了 heated|加热了 lit|照亮了 surrounded|包围了 named|命名了 taxed|征税了
""")
WHENS = _pairs("""
    in_spring|春天 before_winter|入冬前 last_week|上周 on_Monday|星期一 after_the_storm|风暴之后 at_night|夜里 every_morning|每天早上 this_year|今年
    at_dawn|黎明时分 for_the_first_time|首次 without_a_vote|未经表决 in_public|公开 in_secret|秘密地 within_days|几天之内 after_long_talks|经过长时间谈判
    on_Friday|星期五 by_hand|用手工 at_low_tide|退潮时 in_the_rain|冒着雨 during_the_fair|集市期间 since_autumn|自秋天以来 once_more|再次
""")
JOINTS = _pairs("""
    and|，而且 but|，但是 because|，因为 while|，与此同时 although|，尽管 before|，在此之前 so|，所以 until|，直到
""")
TOPICS = _pairs("""
    energy|能源 railways|铁路 culture|文化 science|科学 trade|贸易 climate|气候 education|教育 health|健康 fishing|渔业 farming|农业 housing|住房 migration|移民
    elections|选举 music|音乐 sport|体育 space|航天 mining|采矿 tourism|旅游 history|历史 language|语言 food|美食 weather|天气 banking|银行业 law|法律
""")
BODIES = _pairs("""
    Council|委员会 Union|联盟 Board|管理局 Institute|研究所 Cooperative|合作社 League|协会 Society|学会 Agency|署 Company|公司 Academy|学院
""")
SYLLABLES = _pairs("""
    ka|卡 lo|洛 mi|米 ra|拉 ven|文 dor|多尔 sel|塞尔 tha|塔 bri|布里 no|诺 gus|古斯 pel|佩尔 ri|里 ma|马 ston|斯顿 vik|维克 len|伦 so|索 na|纳 du|杜
    fa|法 bel|贝尔 go|戈 han|汉 ul|乌尔 per|佩 qui|奎 ros|罗斯 tim|蒂姆 wes|韦斯 yo|约 zan|赞 cor|科尔 el|埃尔 ib|伊布 jo|若 mon|蒙 os|奥斯 tar|塔尔 vi|维
""")
