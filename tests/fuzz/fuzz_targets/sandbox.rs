#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| xportcn_fuzz::sandbox::check(input));
