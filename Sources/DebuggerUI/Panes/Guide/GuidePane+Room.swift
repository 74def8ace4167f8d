import TerminalUI

extension GuidePane {
  static let minimum = Size(width: 46, height: 10)
}
