import TerminalUI
import Testing

struct StyleTests {
  @Test func withoutColorsABackgroundBecomesReverse() {
    #expect(Style(foreground: .hex(0xffffff), background: .hex(0x000080)).withoutColors == .reverse)
    #expect(Style.reverse.background(.hex(0x000080)).withoutColors == .plain)
  }

  @Test func withoutColorsLinesAndWhatIsDarkBecomeDim() {
    #expect(Style.foreground(Accents.border).withoutColors == .dim)
    #expect(Style.foreground(Accents.muted).withoutColors == .plain)
    #expect(Style.foreground(.hex(0x404040)).withoutColors == .dim)
    #expect(Style.foreground(.hex(0xe0e0e0)).bold.withoutColors == .bold)
  }

  @Test func modifiersKeepTheRest() {
    let style = Style.foreground(.hex(1)).background(.hex(2)).bold.dim
    #expect(style == Style(foreground: .hex(1), background: .hex(2), attributes: [.bold, .dim]))
  }
}
