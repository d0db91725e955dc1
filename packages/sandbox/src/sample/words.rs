//! Plausible values by the words in a field's name.

use super::seed::Seed;
use TextSource::{From, OneOf};
use xportcn_core::Time;

/// The words of a camelCase name, in lower case.
#[derive(Clone, Debug)]
pub(super) struct Words(Vec<String>);

/// Words by which a kind of text is recognised, and where it comes from.
type Row = (&'static [&'static str], TextSource);

#[derive(Clone, Copy)]
enum TextSource {
    /// Something made from the seed.
    From(fn(Seed) -> String),
    /// One of these.
    OneOf(&'static [&'static str]),
}

/// The first row that has one of the name's words counts: measures and the like before things, things before people.
const TEXTS: &[Row] = &[
    (&["image", "img", "logo", "photo", "pic"], From(image)),
    (&["href", "link", "uri", "url", "video"], From(page)),
    (&["currency"], OneOf(&["CNY"])),
    (&["date", "gmt", "time"], From(date)),
    (&["contact", "mobile", "phone", "tel"], From(phone)),
    (&["email", "mail"], OneOf(&["buyer@example.com"])),
    (&["post", "postcode", "zip"], OneOf(&["310024", "510000", "200000"])),
    (&["error", "fail", "failure"], OneOf(&[""])),
    (&["percent", "rate", "ratio"], OneOf(&["0.98", "0.12", "0.35"])),
    (&["level", "score"], OneOf(&["4.8", "5.0", "3.5"])),
    (&["market"], OneOf(&["CN"])),
    (&["count", "num", "quantity", "sale", "sold", "stock"], From(small)),
    (&["en", "english", "trans"], OneOf(&["Men's leather shoes", "Summer dress", "Travel bag"])),
    (&["country"], OneOf(&["中国"])),
    (&["province", "state"], OneOf(&["浙江省", "广东省", "江苏省"])),
    (&["city"], OneOf(&["杭州市", "广州市", "苏州市"])),
    (&["area", "district"], OneOf(&["西湖区", "天河区", "姑苏区"])),
    (&["town"], OneOf(&["转塘", "石牌", "平江"])),
    (&["address", "location", "street"], OneOf(&["象山路1号", "中山大道88号"])),
    (&["tip"], OneOf(&["请在七天内提交", "退款金额不能超过实付金额"])),
    (&["reason"], OneOf(&["不想要了", "质量问题", "尺寸不符"])),
    (&["status"], OneOf(&["SUCCESS", "PROCESSING"])),
    (&["method", "mode", "type"], OneOf(&["NORMAL", "GENERAL"])),
    (&["unit"], OneOf(&["件", "双", "箱"])),
    (&["code", "no", "number", "sn", "token"], From(serial)),
    (&["desc", "describe", "description", "detail", "info"], OneOf(&["沙箱里的示例说明", "这是一条示例信息"])),
    (&["memo", "message", "msg", "remark"], OneOf(&["请小心包装", "请尽快发货"])),
    (&["attribute", "prop", "propertie", "property", "spec", "value"], OneOf(&["黑色", "红色", "42码"])),
    (&["goods", "item", "product", "subject", "title"], From(title)),
    (&["seller", "shop", "store", "supplier"], OneOf(&["山海鞋业旗舰店", "晴川服饰", "云帆箱包"])),
    (&["carrier", "company", "logistics"], OneOf(&["顺丰速运", "中通快递", "圆通速递"])),
    (&["category"], OneOf(&["男鞋", "连衣裙", "箱包"])),
    (&["nick"], OneOf(&["晴天小熊", "山海"])),
    (&["name"], OneOf(&["张三", "李四", "王五"])),
];

impl Words {
    pub(super) fn new(name: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut in_word = false;
        for c in name.chars() {
            let starts = !in_word || c.is_ascii_uppercase();
            in_word = c.is_ascii_alphabetic();
            match words.last_mut() {
                Some(word) if !starts && in_word => word.push(c),
                _ if in_word => words.push(c.to_ascii_lowercase().to_string()),
                _ => {}
            }
        }
        Self(words)
    }

    /// Whether one of these is among the words, or its plural.
    pub(super) fn any(&self, words: &[&str]) -> bool {
        self.0.iter().any(|word| {
            words.contains(&word.as_str()) || word.strip_suffix('s').is_some_and(|single| words.contains(&single))
        })
    }

    pub(super) fn text(&self, seed: Seed) -> String {
        match TEXTS.iter().find(|(words, _)| self.any(words)) {
            Some((_, OneOf(choices))) => one(seed, choices).to_string(),
            Some((_, From(make))) => make(seed),
            None => one(seed, &["示例文本", "沙箱示例"]).to_string(),
        }
    }

    /// An opaque id where the platform's are, else one of 19 digits.
    pub(super) fn id(&self, seed: Seed) -> String {
        if self.any(&["open", "spec", "map"]) { seed.hex_id() } else { seed.long_id() }
    }

    pub(super) fn integer(&self, seed: Seed) -> i64 {
        if self.any(&["time", "date"]) {
            return moment(seed) * 1000;
        }
        if self.any(&["status", "state", "type", "level", "page"]) {
            return 1 + number(seed, 3);
        }
        if self.any(&["fee", "price", "amount", "payment", "money"]) {
            return 100 * (1 + number(seed, 900));
        }
        1 + number(seed, if self.any(&["year", "day", "hour"]) { 20 } else { 500 })
    }

    /// A weight, a length or the like, with one decimal.
    pub(super) fn measure(&self, seed: Seed) -> String {
        let tenths = 1 + seed.below(500);
        format!("{}.{}", tenths / 10, tenths % 10)
    }

    pub(super) fn truth(&self, seed: Seed) -> bool {
        self.any(&["can", "enable", "success", "support", "valid"]) || seed.is_even()
    }

    /// Yuan with two decimals, or whole fen where the documentation speaks of fen.
    pub(super) fn amount(&self, doc: &str, seed: Seed) -> String {
        if self.any(&["quantity", "count", "num", "weight"]) {
            return (1 + seed.below(20)).to_string();
        }
        let fen = match self {
            _ if self.any(&["max", "sum", "total"]) => 100_000 + seed.below(90_000),
            _ if self.any(&["min"]) => 1 + seed.below(100),
            _ => 990 + seed.below(90_000),
        };
        let in_fen = doc.split(|c: char| !c.is_alphanumeric()).any(|word| word == "fen");
        if in_fen { fen.to_string() } else { format!("{}.{:02}", fen / 100, fen % 100) }
    }

    /// Seconds since 1970. Moments of one order follow each other as they do in life.
    pub(super) fn moment(&self, seed: Seed) -> i64 {
        const HOUR: i64 = 3600;
        let later = if self.any(&["end", "finish", "confirm", "receive", "success", "timeout", "complete"]) {
            120 * HOUR
        } else if self.any(&["send", "delivery", "ship", "consign"]) {
            24 * HOUR
        } else if self.any(&["pay", "paid", "payed"]) {
            HOUR
        } else if self.any(&["modify", "modified", "update", "updated"]) {
            2 * HOUR
        } else {
            0
        };
        moment(seed) + later
    }
}

/// A moment in the ten months after 2024-08-01 in Beijing, in seconds since 1970.
fn moment(seed: Seed) -> i64 {
    1_722_441_600 + number(seed, 300 * 86_400)
}

/// A number below `end`.
fn number(seed: Seed, end: u32) -> i64 {
    i64::try_from(seed.below(u64::from(end))).unwrap_or_default()
}

fn one(seed: Seed, choices: &[&'static str]) -> &'static str {
    seed.pick(choices).copied().unwrap_or_default()
}

fn image(seed: Seed) -> String {
    format!("https://img.example.com/{}.jpg", seed.hex_id())
}

fn page(seed: Seed) -> String {
    format!("https://www.example.com/{}", seed.hex_id())
}

fn date(seed: Seed) -> String {
    Time::from_millis(moment(seed) * 1000).map(super::value::beijing_time).unwrap_or_default()
}

fn phone(seed: Seed) -> String {
    format!("138{:08}", seed.below(100_000_000))
}

fn small(seed: Seed) -> String {
    (1 + seed.below(500)).to_string()
}

/// The title of a product.
pub(crate) fn title(seed: Seed) -> String {
    let adjective = one(seed, &["春季新款", "复古", "轻便", "加厚"]);
    let noun = one(seed.at(1), &["男鞋", "连衣裙", "旅行包", "羊毛围巾"]);
    format!("{adjective}{noun}")
}

fn serial(seed: Seed) -> String {
    format!("SX{:012}", seed.below(1_000_000_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        for (name, expected) in [
            ("picUrls", vec!["pic", "urls"]),
            ("orderId", vec!["order", "id"]),
            ("im_link", vec!["im", "link"]),
            ("isOnePsale", vec!["is", "one", "psale"]),
            ("pickupRate24h30d", vec!["pickup", "rate", "h", "d"]),
            ("", vec![]),
        ] {
            assert_eq!(Words::new(name).0, expected, "{name}");
        }
    }

    #[test]
    fn amounts_are_whole_where_they_are_in_fen() {
        let seed = Seed::new("any");
        assert!(Words::new("postFee").amount("Freight, in fen.", seed).parse::<u64>().is_ok());
        assert!(Words::new("price").amount("Price in yuan.", seed).contains('.'));
    }
}
