"""Texts that are like each other, by vectors learned from talk without labels."""

import numpy as np

from bot.analysis.learn.likeness import Likeness, Means, Near, Runs, cleaned

GLAD = ["今天桂花开了真开心", "桂花好香 心里真开心", "大家都开心 桂花真香", "真开心呀桂花香"]
BITTER = ["电梯又坏了真气人", "又坏了 气人的电梯", "电梯坏了三天 气人", "真气人 电梯坏了"]


def test_names_and_links_are_only_that() -> None:
    assert cleaned("@小李 看这个 https://t.cn/abc") == cleaned("@老王 看这个 http://x.cn/de")


def test_words_that_stand_in_the_same_company_make_texts_alike() -> None:
    talk = [["猫", "吃", "鱼"], ["狗", "吃", "鱼"], ["车", "过", "桥"], ["船", "过", "桥"]] * 3
    cat, dog, car = Means(talk, 3).of([["猫"], ["狗"], ["车"]])
    assert cat @ dog > cat @ car


def test_a_text_without_a_known_word_lies_nowhere() -> None:
    means = Means([["猫", "鱼"], ["鱼", "猫"]], 2)
    assert np.isfinite(means.of([[], ["鲸"]])).all()


def test_fewer_texts_than_numbers_are_enough() -> None:
    assert Runs(GLAD, 300).of(["桂花"]).shape[1] <= len(GLAD)


def test_a_text_is_labelled_as_those_that_it_is_like() -> None:
    near = Near(Likeness([*GLAD, *BITTER], ["今天天气不错"] * 2))
    near.learn([*GLAD, *BITTER], ["+"] * len(GLAD) + ["-"] * len(BITTER))
    chances = near.chances(["桂花开了 开心", "电梯坏了 气人"])
    assert np.allclose(chances.sum(axis=1), 1)
    assert [near.labels[n] for n in chances.argmax(axis=1)] == ["+", "-"]


def test_a_rare_label_weighs_as_much_as_a_common_one() -> None:
    said, labels = [*GLAD * 9, BITTER[0], BITTER[1]], ["+"] * 36 + ["-"] * 2
    near = Near(Likeness(said, [])).learn(said, labels)
    assert near.labels[near.chances([BITTER[2]])[0].argmax()] == "-"
