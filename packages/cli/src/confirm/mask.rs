//! What a message of the platform says, without what it may name: of its words those are shown that stand here or are
//! names of the row's fields, and `…` for all others.

use std::collections::BTreeSet;
use xportcn_core::endpoint::Endpoint;
use xportcn_core::schema::{Kind, Schema};

/// Words that say what is wrong, and can be nobody's name, address or number.
const WORDS: &[&str] = &[
    "access",
    "account",
    "api",
    "authorized",
    "bad",
    "be",
    "cannot",
    "denied",
    "does not exist",
    "empty",
    "error",
    "exist",
    "expired",
    "fail",
    "failed",
    "field",
    "forbidden",
    "format",
    "frequent",
    "found",
    "illegal",
    "in",
    "interface",
    "internal",
    "invalid",
    "is",
    "key",
    "limit",
    "many",
    "method",
    "missing",
    "must",
    "no",
    "nonce",
    "not",
    "null",
    "of",
    "order",
    "param",
    "parameter",
    "parameters",
    "path",
    "permission",
    "product",
    "request",
    "requests",
    "required",
    "right",
    "secret",
    "server",
    "service",
    "sign",
    "signature",
    "success",
    "such",
    "supported",
    "system",
    "the",
    "timestamp",
    "to",
    "token",
    "too",
    "unauthorized",
    "unavailable",
    "unknown",
    "unsupported",
    "user",
    "wrong",
    "不存在",
    "不正确",
    "不能为空",
    "不支持",
    "为空",
    "参数",
    "商品",
    "失败",
    "异常",
    "必填",
    "成功",
    "接口",
    "授权",
    "方法",
    "无权",
    "无效",
    "时间戳",
    "服务",
    "未授权",
    "未找到",
    "权限",
    "校验",
    "格式",
    "深度",
    "用户",
    "签名",
    "系统",
    "缺少",
    "订单",
    "请求",
    "路径",
    "过期",
    "过于频繁",
    "错误",
    "限流",
    "非法",
    "验签",
];

/// Levels of a request's fields whose names are known.
const DEEPEST: usize = 4;

/// Characters of a message that are looked at.
const LONGEST: usize = 500;

/// The message as it may be shown.
pub fn masked(message: &str, endpoint: &Endpoint) -> String {
    let mut known: BTreeSet<&str> = WORDS.iter().copied().collect();
    names(endpoint.request, 0, &mut known);
    let chars: Vec<char> = message.chars().take(LONGEST).collect();
    let (mut out, mut at) = (String::new(), 0);
    while at < chars.len() {
        match known.iter().filter(|word| stands(&chars, at, word)).max_by_key(|word| word.chars().count()) {
            Some(word) => {
                out.push_str(word);
                at += word.chars().count();
            }
            None => {
                let next = chars[at];
                let shown = if next == ' ' { ' ' } else { '…' };
                if !out.ends_with(shown) {
                    out.push(shown);
                }
                at += 1;
            }
        }
    }
    // A gap between gaps is one.
    while out.contains("… …") {
        out = out.replace("… …", "…");
    }
    out.trim().to_string()
}

/// Whether the word stands there, whole: languages with letters have ends of words.
fn stands(chars: &[char], at: usize, word: &str) -> bool {
    let is_there =
        word.chars().enumerate().all(|(index, c)| chars.get(at + index).is_some_and(|d| d.eq_ignore_ascii_case(&c)));
    let is_letter = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@' | '.' | '/'))
    };
    let end = at + word.chars().count();
    is_there && (!word.is_ascii() || (!is_letter(at.checked_sub(1)) && !is_letter(Some(end))))
}

fn names(schema: &'static Schema, depth: usize, known: &mut BTreeSet<&str>) {
    for field in schema.fields {
        known.extend([field.name(), field.wire()]);
        let kind = match &field.kind {
            Kind::List(kind) => kind,
            kind => kind,
        };
        if let (Kind::Object(inner), true) = (kind, depth < DEEPEST) {
            names(inner, depth + 1, known);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_shown_and_not_whose() {
        let row = xportcn_core::catalogue::find("taobao.after_sale.render").unwrap();
        for (message, expected) in [
            ("接口不存在", "接口不存在"),
            ("参数错误: 手机号13812345678不正确", "参数错误… …不正确"),
            ("Invalid parameter subOrderId: 1034499579120189839", "invalid parameter subOrderId…"),
            ("user zhangwei@example.com not found", "user …not found"),
            ("张伟, 杭州市象山路1号", "…"),
            ("invalid-sign.user", "…"),
            ("", ""),
        ] {
            let shown = masked(message, row);
            assert_eq!(shown.replace(' ', ""), expected.replace("… …", "…").replace(' ', ""), "{message}: {shown}");
        }
    }
}
