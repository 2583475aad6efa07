"""`check`: says what a build would say, and leaves everything as it is."""

LEDGER = "content/ledger/translations.tsv"


def test_good_content_is_in_order_and_nothing_is_written(run, copy_of, tmp_path):
    site = copy_of("tiny", tmp_path)
    done = run("check", "--site", site, "--language", "th")
    assert (done.returncode, done.stdout.decode().strip()) == (0, "เนื้อหาเรียบร้อยดี")
    assert not (site / "dist").exists()
    assert not (site / LEDGER).exists()


def test_a_slip_is_told_as_a_build_tells_it(run, copy_of, tmp_path):
    site = copy_of("tiny", tmp_path)
    entry = site / "content" / "th" / "products" / "sample-squid.md"
    entry.write_text(entry.read_text("utf-8").replace("price: 180", "price: ถามร้าน"), "utf-8")
    checked, built = run("check", "--site", site), run("--site", site)
    assert checked.returncode == built.returncode == 1
    told = checked.stderr.decode().split("\n\n")[0]
    assert "[price-not-a-number]" in told
    assert told in built.stderr.decode()


def test_record_keeps_what_each_translation_was_made_from(run, copy_of, tmp_path):
    site = copy_of("tiny", tmp_path)
    assert run("check", "--record", "--site", site).returncode == 0
    assert "sample-squid" in (site / LEDGER).read_text("utf-8")
