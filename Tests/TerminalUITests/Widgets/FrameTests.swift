import TerminalUI
import Testing

struct FrameTests {
  @Test func titlesStandInTheBorder() {
    #expect(
      lines(Frame(title: "1 Graph", trailing: "● REC", footer: "3 of 12"), 24, 3) == [
        "╭ 1 Graph ────── ● REC ╮",
        "│                      │",
        "╰───────────── 3 of 12 ╯",
      ])
  }

  @Test func theSecondTitleIsLeftOutWhereItDoesNotFit() {
    #expect(
      lines(Frame(title: "1 Graph", trailing: "● REC"), 16, 2) == ["╭ 1 Graph ─────╮", "╰──────────────╯"])
  }

  @Test func aTitleTooLongIsCut() {
    #expect(lines(Frame(title: "a long title"), 10, 2) == ["╭ a long…╮", "╰────────╯"])
  }

  @Test func theFocusIsSeenWithoutColors() {
    #expect(lines(Frame(title: "x", isFocused: true), 8, 2) == ["┏ x ━━━┓", "┗━━━━━━┛"])
    #expect(lines(Frame(title: "x", isFocused: true), 8, 2, asciiOnly) == ["# x ===#", "#======#"])
    #expect(lines(Frame(title: "x", corners: .plain), 8, 2, asciiOnly) == ["+ x ---+", "+------+"])
  }

  @Test func theFocusHasAColorWhereThereAreColors() {
    let cell = screen(Frame(isFocused: true), 4, 2, .full)[0, 0]
    #expect(cell == Cell("╭", style: .foreground(Accents.focus).bold))
  }

  @Test func theInsideIsWithinTheBorder() {
    #expect(Frame().inside(Rect(x: 3, y: 3, width: 5, height: 4)) == Rect(x: 4, y: 4, width: 3, height: 2))
    #expect(Frame().inside(Rect(x: 3, y: 3, width: 1, height: 1)).isEmpty)
  }

  @Test func aFrameStaysInItsArea() {
    #expect(staysInside(Frame(title: "title", trailing: "more", footer: "note", isFocused: true)))
  }
}
