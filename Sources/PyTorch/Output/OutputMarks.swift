/// Takes the probe's marks out of what a script writes: each names the step of the line that follows it.
package struct OutputMarks: Sendable {
  /// A piece of what the script has written.
  package struct Piece: Sendable, Equatable {
    package var bytes: [UInt8] = []
    /// The step that its mark names; nil without a mark, as where a program writes that the script has started.
    package var step: Int?
  }

  private static let (escape, bell, digits) = (
    UInt8(0x1b), UInt8(0x07), UInt8(ascii: "0")...UInt8(ascii: "9")
  )
  /// The most digits of a mark.
  private static let mostDigits = 18

  private let beginning: [UInt8]
  /// What may be a mark, as far as it has come.
  private var held: [UInt8] = []
  private var current = Piece()
  /// The greatest step that a mark has named.
  package private(set) var latest = 0

  /// The marks with a word.
  package init(word: String) { beginning = [OutputMarks.escape] + Array("]\(word);".utf8) }

  /// The pieces of some output, without the marks.
  package mutating func take(_ bytes: some Sequence<UInt8>) -> [Piece] {
    var pieces: [Piece] = []
    for byte in bytes {
      if held.isEmpty, byte != OutputMarks.escape {
        add(byte, &pieces)
      } else if continuesMark(byte) {
        held.append(byte)
      } else if byte == OutputMarks.bell, let step = heldStep {
        close(&pieces)
        current.step = step
        latest = max(latest, step)
        held = []
      } else {
        // It is the script's own.
        for byte in held { add(byte, &pieces) }
        held = []
        byte == OutputMarks.escape ? held.append(byte) : add(byte, &pieces)
      }
    }
    close(&pieces)
    return pieces
  }

  /// What was taken for the beginning of a mark when the output ended.
  package mutating func end() -> [Piece] {
    var pieces: [Piece] = []
    for byte in held { add(byte, &pieces) }
    held = []
    close(&pieces)
    return pieces
  }

  private func continuesMark(_ byte: UInt8) -> Bool {
    if held.count < beginning.count { return byte == beginning[held.count] }
    return OutputMarks.digits.contains(byte) && held.count < beginning.count + OutputMarks.mostDigits
  }

  /// The step of the mark that is held; nil while it has none.
  private var heldStep: Int? { Int(String(decoding: held.dropFirst(beginning.count), as: UTF8.self)) }

  /// A mark holds to the end of its line.
  private mutating func add(_ byte: UInt8, _ pieces: inout [Piece]) {
    current.bytes.append(byte)
    guard byte == UInt8(ascii: "\n"), current.step != nil else { return }
    close(&pieces)
    current.step = nil
  }

  private mutating func close(_ pieces: inout [Piece]) {
    if !current.bytes.isEmpty { pieces.append(current) }
    current.bytes = []
  }
}
