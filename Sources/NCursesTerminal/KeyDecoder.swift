import CNCurses
import TerminalUI

/// Turns what ncurses reads into events; remembers whether a button of the mouse is down.
package struct KeyDecoder {
  /// What ncurses read.
  package enum Input: Hashable {
    /// A character.
    case character(Unicode.Scalar)
    /// A key that sends a sequence, by ncurses' number.
    case key(Int32)
    /// The mouse, and over which cell.
    case mouse(mmask_t, x: Int, y: Int)
  }

  private var isButtonDown = false

  /// A decoder at the beginning of the input.
  package init() {}

  /// What inputs read at one go mean; those without a meaning here are left out.
  ///
  /// `name` gives ncurses' name of a key.
  package mutating func events(_ inputs: [Input], name: (Int32) -> String?) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    var rest = inputs[...]
    while let input = rest.popFirst() {
      if input == .character("\u{1b}"), Self.skipSequence(&rest) { continue }
      events += self.events(input, name)
    }
    return events
  }

  /// Skips the rest of an escape sequence that ncurses did not know, which would fire commands by its
  /// letters. Escape and then anything else are two keys.
  private static func skipSequence(_ rest: inout ArraySlice<Input>) -> Bool {
    switch rest.first {
    case .character("["):
      rest.removeFirst()
      while case .character(let scalar)? = rest.popFirst() {
        if (0x40...0x7e).contains(scalar.value) { break }
      }
      return true
    case .character("O") where rest.count > 1:
      rest.removeFirst(2)
      return true
    default:
      return false
    }
  }

  private mutating func events(_ input: Input, _ name: (Int32) -> String?) -> [TerminalEvent] {
    switch input {
    case .character(let scalar):
      return Self.key(scalar).map { [.key($0)] } ?? []
    case .key(let number):
      return Self.key(number, name).map { [.key($0)] } ?? []
    case .mouse(let state, let x, let y):
      return events(mouse: state, x: x, y: y)
    }
  }

  /// What the mouse did; a press and a release read together come as one click.
  private mutating func events(mouse state: mmask_t, x: Int, y: Int) -> [TerminalEvent] {
    func event(_ kind: MouseEvent.Kind) -> TerminalEvent { .mouse(MouseEvent(x: x, y: y, kind: kind)) }
    if state & SHIM_WHEEL_UP != 0 { return [event(.wheelUp)] }
    if state & SHIM_WHEEL_DOWN != 0 { return [event(.wheelDown)] }
    if state & (SHIM_RIGHT_PRESSED | SHIM_RIGHT_CLICKED) != 0 {
      return [.mouse(MouseEvent(x: x, y: y, kind: .press, button: .right))]
    }
    if state & SHIM_LEFT_PRESSED != 0 {
      isButtonDown = true
      return [event(.press)]
    }
    if state & SHIM_LEFT_RELEASED != 0 {
      isButtonDown = false
      return [event(.release)]
    }
    if state & SHIM_LEFT_CLICKED != 0 {
      isButtonDown = false
      return [event(.press), event(.release)]
    }
    if state & SHIM_MOVED != 0, isButtonDown { return [event(.drag)] }
    return []
  }

  private static func key(_ scalar: Unicode.Scalar) -> Key? {
    switch scalar.value {
    case 0: return .control(" ")
    case 8, 127: return .backspace
    case 9: return .tab
    case 10, 13: return .enter
    case 27: return .escape
    case 1...26: return .control(Character(Unicode.Scalar(UInt8(scalar.value) + 96)))
    case 28...31: return .control(Character(Unicode.Scalar(UInt8(scalar.value) + 64)))
    case 0x80..<0xa0: return nil
    default: return .character(Character(scalar))
    }
  }

  private static func key(_ number: Int32, _ name: (Int32) -> String?) -> Key? {
    if let key = known[number] { return key }
    for function in 1...24 where number == shim_function_key(Int32(function)) { return .function(function) }
    // Shift, Alt and Control with a cursor key have names such as kLFT5 and numbers that vary.
    return name(number).flatMap { name in
      modified.first { name.hasPrefix($0.key) }?.value
    }
  }

  private static let known: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home, KEY_END: .end,
    KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_BTAB: .backTab, KEY_BACKSPACE: .backspace, KEY_DC: .delete,
    KEY_IC: .insert, KEY_ENTER: .enter, KEY_SLEFT: .left, KEY_SRIGHT: .right, KEY_SR: .up, KEY_SF: .down,
    KEY_SHOME: .home, KEY_SEND: .end, KEY_SDC: .delete, KEY_SPREVIOUS: .pageUp, KEY_SNEXT: .pageDown,
    KEY_FIND: .home, KEY_SELECT: .end, KEY_A1: .home, KEY_C1: .end, KEY_A3: .pageUp, KEY_C3: .pageDown,
  ]

  private static let modified: [String: Key] = [
    "kUP": .up, "kDN": .down, "kLFT": .left, "kRIT": .right, "kHOM": .home, "kEND": .end, "kPRV": .pageUp,
    "kNXT": .pageDown, "kDC": .delete, "kIC": .insert,
  ]
}
