//! What of a frame crosses by itself.

use std::ops::Range;

/// From so many bytes on it is read in pieces, and never text as a whole.
const LARGE: usize = 1 << 18;

/// Where the data of a reply stands in its frame, as `xportcn_core::host` has it; none where the frame is of no reply, where the
/// data is large, or ASCII, of which Java makes text as fast.
pub(super) fn data(frame: &str) -> Option<Range<usize>> {
    let line = frame.split('\n').next()?;
    let mut numbers = line.split(' ').map(str::parse::<i64>);
    let mut next = || numbers.next()?.ok();
    if next()? != 2 {
        return None;
    }
    let events = next()?;
    let (_attempts, _duration) = (next()?, next()?);
    let (request_id, message, develop_id, length) = (next()?, next()?, next()?, next()?);
    // What is absent has a length of -1.
    let before: i64 = [events, request_id, message, develop_id].into_iter().map(|length| length.max(0)).sum();
    let start = line.len() + 1 + usize::try_from(before).ok()?;
    let place = start..start + usize::try_from(length).ok()?;
    let data = frame.get(place.clone())?;
    (data.len() < LARGE && !data.is_ascii()).then_some(place)
}
