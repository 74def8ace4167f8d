import Foundation
import TerminalUI

/// A kind of file that a screen is saved in, by its ending.
package enum PictureKind: String, CaseIterable, Sendable {
  case svg, html
  /// Text in colour.
  case ansi = "ans"
  /// Text without colours.
  case text = "txt"

  /// The kind of a file with that name; nil where no kind has its ending.
  package init?(file path: String) {
    self.init(rawValue: URL(filePath: path).pathExtension.lowercased())
  }

  /// A screen as the bytes of a file.
  ///
  /// - Parameters:
  ///   - screen: What is shown.
  ///   - title: What it is called.
  ///   - theme: Dark or light; nil for both in HTML, where the reader's browser chooses, and the screen's own elsewhere.
  /// - Returns: The bytes.
  package func bytes(_ screen: Buffer, title: String, theme: PictureTheme? = nil) -> [UInt8] {
    let colors = theme.map { PictureColors($0) } ?? PictureColors(theme: screen.capabilities.theme)
    let text =
      switch self {
      case .svg: SVGFile.still(screen, title: title, colors)
      case .html: HTMLFile.still(screen, title: title, PictureKind.themes(theme))
      case .ansi: AnsiText.lines(of: screen, colors)
      case .text: screen.lines.map { $0 + "\n" }.joined()
      }
    return Array(text.utf8)
  }

  /// The themes that an HTML file has.
  static func themes(_ theme: PictureTheme?) -> [PictureTheme] { theme.map { [$0] } ?? [.dark, .light] }
}
