"""Lets a model order within limits, after a person's word."""

# region agent
from typing import Any, List

import openai

from xportcn.tools import Asked, Tools


def ask(write: Asked) -> bool:
    return input(f"{write.summary}\nCarry it out? ") == "yes"


with Tools(max_order="300 CNY", max_day="1000 CNY", confirm=ask) as agent, openai.OpenAI() as client:
    messages: List[Any] = [
        {"role": "system", "content": agent.instructions},
        {
            "role": "user",
            "content": "Order men's shoes to 张三, 13800000000, 浙江省 杭州市 象山路1号, for 300 yuan at most.",
        },
    ]
    while True:
        completion = client.chat.completions.create(model="gpt-5", messages=messages, tools=agent.openai_chat.tools)
        message = completion.choices[0].message
        if not message.tool_calls:
            print(message.content)
            break
        messages += [message, *agent.openai_chat.answer(message)]
# endregion
