import Foundation
import TapedeckKit
import Testing

struct JSONTests {
  @Test func keysAreSortedUnlessTheirOrderCounts() {
    let json = JSON(["b": 1, "a": [JSON(["d": true, "c": "x"])]])
    #expect(json.text() == #"{"a":[{"c":"x","d":true}],"b":1}"#)
    #expect(json.text(sortsKeys: false) == #"{"b":1,"a":[{"d":true,"c":"x"}]}"#)
  }

  @Test func aNumberIsTheShortestTextThatGivesItBack() {
    let json = JSON([
      "float": Float(0.1), "whole": 2.0, "small": Float(1e-5), "large": UInt64.max,
      "float whole": Float(16_777_216),
    ])
    #expect(
      json.text()
        == #"{"float":0.1,"float whole":16777216,"large":"18446744073709551615","small":1e-05,"whole":2}"#)
  }

  @Test func aWholeNumberThatDoublePrecisionRoundsIsAString() {
    let json = JSON(["a": 1 << 53, "b": (1 << 53) + 1, "c": UInt64(1) << 53, "d": -(1 << 60)])
    #expect(
      json.text()
        == #"{"a":9007199254740992,"b":"9007199254740993","c":9007199254740992,"d":"-1152921504606846976"}"#)
  }

  @Test func whatIsNotFiniteIsNullLikeAMissingNumberAndOtherMissingValuesHaveNoKey() {
    let (number, text): (Double?, String?) = (nil, nil)
    let json = JSON(["a": Double.nan, "b": -Float.infinity, "c": number, "d": text, "e": [Float.nan, 1]])
    #expect(json.text() == #"{"a":null,"b":null,"c":null,"e":[null,1]}"#)
  }

  @Test func textIsReadBackAsItWas() throws {
    let text = "a\"b\\c/d\n\r\t\u{1b}\u{0}é→"
    let object = try JSONSerialization.jsonObject(with: Data(JSON(["text": text]).text().utf8))
    #expect((object as? [String: String])?["text"] == text)
  }

  @Test func noTextCommandsTheTerminal() throws {
    let text = "\u{7f}\u{9b}31m\u{202e}\u{2028}"
    let json = JSON(["\u{9b}": text]).text()
    #expect(json == #"{"\u009b":"\u007f\u009b31m\u202e\u2028"}"#)
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
    #expect((object as? [String: String])?["\u{9b}"] == text)
  }
}
