import Foundation
import TerminalUI
import Testing

/// Screens as they were when somebody last looked at them, with their colours.
///
/// A screen that is missing is recorded and fails the test: look at it, commit it, run again. To record one
/// anew, delete its file.
enum GoldenScreen {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  /// Compares the buffer, in the colours that its screen has, with the golden screen of that name.
  static func expect(
    _ buffer: Buffer, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let got = asShown(buffer).dump
    let file = folder.appending(path: "\(name).txt")
    guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try got.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name).txt: look at it, then run again", sourceLocation: sourceLocation)
      return
    }
    guard got != expected else { return }
    Issue.record(
      "\(name).txt is another screen\n\(difference(got, expected))", sourceLocation: sourceLocation)
  }

  /// The buffer with the colours that its terminal would show.
  static func asShown(_ buffer: Buffer) -> Buffer {
    var shown = buffer
    for y in 0..<buffer.size.height {
      for x in 0..<buffer.size.width {
        shown[x, y].style = style(buffer[x, y].style, buffer.capabilities)
      }
    }
    return shown
  }

  /// Where there is every colour, a style keeps what its colours are for.
  private static func style(_ style: Style, _ capabilities: TerminalCapabilities) -> Style {
    let support = capabilities.colorSupport
    guard support != .trueColor else { return style }
    let style = capabilities.theme.resolve(style, support)
    return Style(
      foreground: color(style.foreground, support), background: color(style.background, support),
      attributes: style.attributes)
  }

  private static func color(_ color: Color, _ support: ColorSupport) -> Color {
    guard case .rgb(let red, let green, let blue) = color else { return color }
    switch support {
    case .none, .trueColor: return color
    case .palette256: return .palette(Palette256.nearest(red: red, green: green, blue: blue))
    case .ansi16: return .palette(Palette16.nearest(red: red, green: green, blue: blue))
    }
  }

  /// The lines that differ, at most ten of them.
  private static func difference(_ got: String, _ expected: String) -> String {
    let got = got.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let lines = (0..<max(got.count, expected.count)).compactMap { line -> String? in
      let (old, new) = (line < expected.count ? expected[line] : "", line < got.count ? got[line] : "")
      return old == new ? nil : "\(line + 1)\n  expected \(old)\n  got      \(new)"
    }
    return lines.prefix(10).joined(separator: "\n")
  }
}
