import Foundation
import PyTorch
import Testing

struct FrameTests {
  private let frame = Frame(header: Data(#"{"type": "hello"}"#.utf8), payload: [1, 2, 3])

  @Test func aFrameArrivesByteByByte() throws {
    var reader = FrameReader()
    for byte in frame.bytes.dropLast() {
      reader.add([byte])
      #expect(try reader.next() == nil)
    }
    reader.add([3])
    #expect(try reader.next() == frame)
    #expect(try reader.next() == nil)
  }

  @Test func severalFramesArriveAtOnce() throws {
    var reader = FrameReader()
    reader.add(frame.bytes + frame.bytes)
    #expect(try reader.next() == frame)
    #expect(try reader.next() == frame)
    #expect(try reader.next() == nil)
  }

  @Test func aHeaderBeyondItsLimitIsRefused() {
    var reader = FrameReader()
    reader.add([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(throws: ProbeError.self) { try reader.next() }
  }

  @Test func aPayloadBeyondItsLimitIsRefused() {
    var reader = FrameReader()
    reader.add([2, 0, 0, 0] + [UInt8](repeating: 0xff, count: 8))
    #expect(throws: ProbeError.self) { try reader.next() }
  }
}

struct ProbeMessageTests {
  @Test(arguments: [
    "", "[]", "{", #"{"kind": "hello"}"#, #"{"type": 3}"#, #"{"type": "hello"}"#,
    #"{"type": "graph", "step": 1, "from": "x", "nodes": []}"#, #"{"type": "moment"}"#,
    String(repeating: "[", count: 100_000),
  ])
  func whatIsNoMessageIsRefused(_ json: String) {
    #expect(throws: ProbeError.self) { try Messages.message(json) }
  }

  @Test(arguments: [
    #"["loss", "f64", 2]"#, #"["loss", "f64", -1]"#, #"["loss", "q7", 1]"#,
    #"["loss", "f64", 4611686018427387904]"#,
    #"["loss", "u8", 7]"#, #"["loss", "f64", 1], ["more", "u8", 1]"#, #"["loss"]"#, #"["loss", "f64", 0.5]"#,
  ])
  func arraysMustFillThePayload(_ entries: String) {
    #expect(throws: ProbeError.self) {
      try Messages.message(
        #"{"type": "moment", "status": "paused", "arrays": [\#(entries)]}"#, Messages.bytes([1.0]))
    }
  }

  @Test func anUnknownMessageIsLeftOut() throws {
    guard case .other = try Messages.message(#"{"type": "later", "new": [1]}"#) else {
      Issue.record("it was taken for something")
      return
    }
  }

  @Test func whatDevicesHaveIsReadAndBounded() throws {
    let json = #"""
      {"type": "memory", "devices": [{"device": "cuda:0\u001b", "allocated": 5, "reserved": -1, "total": 9},
        {"device": "mps", "allocated": 1}]}
      """#
    guard case .memory(let devices) = try Messages.message(json) else {
      Issue.record("it is no memory")
      return
    }
    #expect(devices.map(\.device) == [#"cuda:0\u{1b}"#, "mps"])
    #expect(devices[0].reserved == 0 && devices[0].total == 9 && devices[1].total == nil)
    #expect(throws: ProbeError.self) {
      try Messages.message(#"{"type": "memory", "devices": [{"device": 1}]}"#)
    }
  }

  @Test func scalarsOfAnotherLengthAreRefused() {
    #expect(throws: ProbeError.self) {
      try Messages.message(
        #"{"type": "scalars", "steps": 2, "parameters": 1, "arrays": [["step", "i64", 1]]}"#,
        Messages.bytes([Int64(1)]))
    }
  }

  @Test func aPhaseThatThereIsNotIsRefused() {
    #expect(throws: ProbeError.self) {
      try Messages.message(
        #"{"type": "visits", "step": 1, "from": 0, "arrays": [["phase", "u8", 1], ["node", "i32", 1]]}"#,
        [99] + Messages.bytes([Int32(0)]))
    }
  }
}
