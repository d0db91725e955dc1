//! Bodies in the character sets of China, by the header that names them. Without the feature `charsets` the host decodes
//! them, as those do that have a decoder of their own.

#[cfg(feature = "charsets")]
use crate::json::is_marked;
use alloc::borrow::Cow;
use alloc::string::String;

/// What platforms call GBK, its smaller forerunner, and the larger one that holds both.
#[cfg(feature = "charsets")]
const NAMES: [&str; 8] = ["gbk", "gb2312", "gb_2312-80", "gb18030", "x-gbk", "cp936", "windows-936", "euc-cn"];

/// A body in UTF-8, if its header says that it is in GBK, GB2312 or GB18030; what is none of it becomes U+FFFD. Any other
/// body stays as it is.
#[cfg(feature = "charsets")]
pub(crate) fn in_utf8<'a>(content_type: Option<&str>, body: &'a [u8]) -> Cow<'a, [u8]> {
    let named = content_type.and_then(charset);
    let is_chinese = named.is_some_and(|named| NAMES.iter().any(|name| named.eq_ignore_ascii_case(name)));
    // A mark at the beginning says more than a header.
    if !is_chinese || body.is_ascii() || is_marked(body) {
        return body.into();
    }
    match encoding_rs::GB18030.decode_without_bom_handling(body).0 {
        Cow::Borrowed(text) => text.as_bytes().into(),
        Cow::Owned(text) => text.into_bytes().into(),
    }
}

/// A body without a header that is not in UTF-8, if its bytes look like GBK: they all are, and there is more that is no UTF-8
/// than there are Chinese characters in UTF-8. One byte that was lost makes no other text of the rest.
#[cfg(feature = "charsets")]
pub fn guessed(body: &[u8]) -> Option<String> {
    let (mut broken, mut chinese) = (0, 0);
    for chunk in body.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        chinese += chunk.valid().chars().filter(|c| *c >= '\u{800}').count();
    }
    if broken < 2 || broken <= chinese {
        return None;
    }
    encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(body).map(Cow::into_owned)
}

/// As with the feature, but nothing is known of other character sets.
#[cfg(not(feature = "charsets"))]
pub fn guessed(_: &[u8]) -> Option<String> {
    None
}

/// As with the feature, but any body stays as it is.
#[cfg(not(feature = "charsets"))]
pub(crate) fn in_utf8<'a>(_: Option<&str>, body: &'a [u8]) -> Cow<'a, [u8]> {
    body.into()
}

/// The character set that the header `Content-Type` names.
#[cfg(feature = "charsets")]
fn charset(content_type: &str) -> Option<&str> {
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, value) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(value.trim().trim_matches(['"', '\'']))
}

#[cfg(all(test, feature = "charsets"))]
mod tests {
    use super::*;

    /// `{"a":"测试商品"}` in GBK, by Python.
    const GBK: &[u8] = b"{\"a\":\"\xb2\xe2\xca\xd4\xc9\xcc\xc6\xb7\"}";

    #[test]
    fn gbk_is_known_by_its_bytes_and_a_lost_byte_is_not_taken_for_it() {
        assert_eq!(guessed(GBK).as_deref(), Some("{\"a\":\"测试商品\"}"));
        for body in ["{\"a\":\"x\u{e9}\"}".as_bytes(), b"caf\xe9 au lait", b"{\"a\":\"\xe4\xb8\"}", b"\xff\xff"] {
            assert_eq!(guessed(body), None, "{body:?}");
        }
        // UTF-8 of which two characters are cut.
        let cut = ["测试".as_bytes(), b"\xe5\x95", "品测".as_bytes(), b"\xe8\xaf"].concat();
        assert_eq!(guessed(&cut), None);
    }

    #[test]
    fn a_body_is_decoded_as_its_header_says() {
        for header in [
            "application/json;charset=GBK",
            "application/json; Charset=\"gb2312\"",
            "text/html; boundary=x; CHARSET = 'GB18030' ; q=1",
            "application/json;charset=x-gbk",
            "application/json;charset=CP936",
        ] {
            assert_eq!(in_utf8(Some(header), GBK), "{\"a\":\"测试商品\"}".as_bytes(), "{header}");
        }
        for header in ["application/json", "application/json;charset=utf-8", "charset=gbk", "", "a;charset=latin1"] {
            assert_eq!(in_utf8(Some(header), GBK), GBK, "{header}");
        }
        assert_eq!(in_utf8(None, GBK), GBK);
        // Four bytes, which GBK has not.
        let header = Some("application/json;charset=gbk");
        assert_eq!(in_utf8(header, b"\x95\x32\x82\x36"), "𠀀".as_bytes());
        assert_eq!(in_utf8(header, b"\"\xb2\xe2\xff\""), "\"测\u{fffd}\"".as_bytes());
        assert_eq!(in_utf8(header, b"\xEF\xBB\xBF\xe6\xb5\x8b").as_ref(), b"\xEF\xBB\xBF\xe6\xb5\x8b");
    }
}
